import { expect, test } from 'vitest';
import { runDoctor, type StorageLook } from '../../src/app/run-doctor.ts';
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

const STORAGES: readonly [StorageLook, string][] = [
  [{ present: 'sound', isWritable: true }, 'ok: The outbox (data) is sound and holds 0 post(s).'],
  [{ present: 'read', isWritable: true }, 'ok: The outbox (data) could be read and holds 0 post(s).'],
  [{ present: 'missing', isWritable: true }, 'ok: There is no outbox (data) yet'],
  [{ present: 'damaged', isWritable: true }, 'problem: The outbox (data) is damaged'],
  [{ present: 'outdated', isWritable: true }, 'warning: The outbox (data) is of an older version'],
  [{ present: 'read', isWritable: false }, 'problem: The data folder (data) cannot be written'],
];
test.each(STORAGES)('the outbox is called what it was found to be: %o', async (storage, said) => {
  const base = aFakeApp();
  const app = {
    ...base,
    config: { ...base.config, dataDir: 'data', operatorLang: 'en' as const, feeds: [] },
  };
  const found = await runDoctor(app, new AbortController().signal, storage);
  const [last] = found.filter(({ check: what }) => what === 'store').slice(-1);
  expect(`${last?.ok ?? ''}: ${last?.message ?? ''}`).toContain(said);
});

test('the servers outside are tried, and named without what may be a key', async () => {
  const base = aFakeApp();
  const notify = {
    webhook: new URL('https://hooks.example.jp/secret'),
    auditHead: new URL('https://log.example.jp/x'),
  };
  const app: typeof base = {
    ...base,
    config: { ...base.config, operatorLang: 'ja', feeds: [], notify },
    outside: {
      ...base.outside,
      reach: async (purpose) =>
        purpose === 'alarm'
          ? { kind: 'failed', detail: 'hooks.example.jp did not answer in time' }
          : { kind: 'delivered' },
    },
  };
  const found = await runDoctor(app, new AbortController().signal);
  expect(found.filter(({ check: what }) => what === 'outside')).toEqual([
    {
      check: 'outside',
      ok: 'problem',
      message: expect.stringContaining(
        'notify.webhook のサーバーに接続できません（hooks.example.jpが時間内に応答しない）',
      ),
    },
    { check: 'outside', ok: 'ok', message: expect.stringContaining('log.example.jp') },
  ]);
  expect(JSON.stringify(found)).not.toContain('secret');
});
