import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteOutbox } from '../../../src/adapters/sqlite/open-outbox.ts';
import { aRealEntry } from '../../app/fake-app.ts';
import { aDataDir } from './data-dir.ts';

test('neither the name nor the hash of a password lies in the files after the erasure', async () => {
  const dataDir = await aDataDir();
  const store = openSqliteOutbox({ dataDir });
  const event = { name: 'Wakatsuki', by: 'administrator', at: 1, reason: null };
  const hash = (word: string): string => `$argon2id$v=19$m=65536,t=3,p=1$${word.repeat(4)}`;
  // Somebody must be left who can register people.
  const root = { ...event, name: 'administrator', kind: 'add', roles: ['administrator'] } as const;
  await store.governance.changeOperator({ ...root, passwordHash: hash('other') });
  await store.governance.changeOperator({
    ...event,
    kind: 'add',
    roles: ['approver'],
    passwordHash: hash('first'),
  });
  await store.governance.changeOperator({
    ...event,
    kind: 'set-password',
    passwordHash: hash('second'),
    mustChange: false,
  });
  const entry = aRealEntry({ by: 'Wakatsuki' });
  const approval = { by: 'Wakatsuki', at: 1, hash: entry.textHash, reason: '', covers: [] };
  await store.recordEntry({ ...entry, approvals: [approval] });
  await store.governance.changeOperator({ ...event, kind: 'disable' });
  const held = (): string =>
    readdirSync(dataDir)
      .map((name) => readFileSync(join(dataDir, name), 'latin1'))
      .join('\n');
  expect(held()).toContain('Wakatsuki');
  expect(await store.governance.erasePerson('Wakatsuki', 'administrator', 2)).toMatchObject({
    kind: 'erased',
  });
  expect(held()).not.toMatch(/wakatsuki|firstfirst|secondsecond/iu);
  await store.close();
  expect(held()).not.toMatch(/wakatsuki|firstfirst|secondsecond/iu);
});
