import { expect, test } from 'vitest';
import { toStoreError } from '../../../src/adapters/postgres/errors.ts';
import type { StoreErrorCode } from '../../../src/outbox/outbox-store.ts';

const said = (code: string): Error => Object.assign(new Error('as the driver words it'), { code });

test.each<[name: string, error: Error, code: StoreErrorCode]>([
  ['a serialization failure', said('40001'), 'locked'],
  ['a deadlock', said('40P01'), 'locked'],
  ['a lock that is not had in time', said('55P03'), 'locked'],
  ['a statement that took too long', said('57014'), 'locked'],
  ['a full disk', said('53100'), 'full'],
  ['no connection left', said('53300'), 'io'],
  ['a server that is shut down', said('57P01'), 'io'],
  ['a session that the server ended in the middle of a transaction', said('25P03'), 'io'],
  ['a standby', said('25006'), 'read-only'],
  ['another process that was first', said('23505'), 'conflict'],
  ['a damaged index', said('XX002'), 'corrupt'],
  ['a connection that breaks', said('ECONNRESET'), 'io'],
])('%s is told by its code, and people hear what it means', (_name, error, code) => {
  expect(toStoreError(error)).toMatchObject({ name: 'StoreError', code, cause: error, commitUnknown: false });
});

test('a wrong statement is a defect, and stays what it is', () => {
  const wrong = said('42601');
  expect(toStoreError(wrong)).toBe(wrong);
});
