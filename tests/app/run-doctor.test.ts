import { expect, test } from 'vitest';
import { runDoctor } from '../../src/app/run-doctor.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { aFakeApp } from './fake-app.ts';

/** Whether the doctor misses a contact, for feeds like this one. */
async function missesContact(contact: string, changes: Parameters<typeof feedConfig>[0]): Promise<boolean> {
  const base = aFakeApp();
  const app = {
    ...base,
    config: { ...base.config, contact, operatorLang: 'en' as const, feeds: [feedConfig(changes)] },
  };
  const found = await runDoctor(app, new AbortController().signal);
  return found.some(({ ok, message }) => ok === 'warning' && message.startsWith('No contact is configured'));
}

function check(
  name: string,
  contact: string,
  changes: Parameters<typeof feedConfig>[0],
  expected: boolean,
): void {
  test(name, async () => expect(await missesContact(contact, changes)).toBe(expected));
}

check('a feed of another office that is read without a contact is a warning', '', {}, true);
check('with a contact it is none', 'https://www.jpo.go.jp/contact', {}, false);
check('a feed that is not read is none', '', { enabled: false }, false);
check('a feed on this machine is none', '', { allowPrivateAddress: true }, false);
check('a file is none', '', { location: { kind: 'file', path: 'a.xml' } }, false);
