import { argon2, timingSafeEqual } from 'node:crypto';
import { governanceLimits } from '../limits/storage.ts';
import { foldPersonName } from '../outbox/person-name.ts';

/** What a hash costs whoever computes it; raised as machines get quicker. */
export type PasswordCost = { memoryKiB: number; passes: number; parallelism: number };

const { tagBytes, saltBytes } = governanceLimits.argon2;

/**
 * A password as it may be stored: Argon2id (RFC 9106) in its usual notation. `salt` is 16 random bytes. At the cost of
 * limits/storage.ts it takes about a fifth of a second and 64 MiB by intent, on another thread.
 */
export async function hashPassword(password: string, salt: Uint8Array, cost: PasswordCost): Promise<string> {
  const { memoryKiB: memory, passes, parallelism } = cost;
  const tag = await derive(password, salt, { memory, passes, parallelism }, tagBytes);
  return notation(cost, salt, tag);
}

/** A hash of that cost which no password meets: what is compared where there is nobody of that name. */
export function nobodysPassword(cost: PasswordCost): string {
  return notation(cost, new Uint8Array(saltBytes), new Uint8Array(tagBytes));
}

function notation(
  { memoryKiB, passes, parallelism }: PasswordCost,
  salt: Uint8Array,
  tag: Uint8Array,
): string {
  return `$argon2id$v=19$m=${String(memoryKiB)},t=${String(passes)},p=${String(parallelism)}$${base64(salt)}$${base64(tag)}`;
}

/** Whether the password is the stored one; the cost is read from the stored hash, so that it can be raised later. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/u.exec(stored);
  if (match === null) return false;
  const [, memory, rounds, lanes, salt = '', tag = ''] = match;
  const expected = Buffer.from(tag, 'base64');
  const cost = { memory: Number(memory), passes: Number(rounds), parallelism: Number(lanes) };
  const actual = await derive(password, Buffer.from(salt, 'base64'), cost, expected.length);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Why a password may not be used; null where it may. The length is counted in characters that people see as letters. */
export function passwordMistake(password: string, name: string): 'short' | 'long' | 'is-name' | null {
  const length = Array.from(password.normalize('NFKC')).length;
  if (length < governanceLimits.passwordMin) return 'short';
  if (password.length > governanceLimits.passwordMax) return 'long';
  if (foldPersonName(password).includes(foldPersonName(name))) return 'is-name';
  return null;
}

type Cost = { memory: number; passes: number; parallelism: number };

function derive(password: string, salt: Uint8Array, cost: Cost, tagLength: number): Promise<Buffer> {
  // One password, however the keyboard composes it (RFC 8265).
  const message = Buffer.from(password.normalize('NFKC'), 'utf8');
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce: salt, tagLength, ...cost }, (error, tag) => {
      if (error === null) resolve(tag);
      else reject(error);
    });
  });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}
