import { describe, expect, test } from 'vitest';
import { findToken, tokenHash, tokenText } from '../../src/governance/access-token.ts';
import type { AccessToken, Operator } from '../../src/governance/operator.ts';
import { hashPassword, passwordMistake, verifyPassword } from '../../src/governance/password.ts';
import { governanceLimits } from '../../src/limits/storage.ts';
import { signInGate, signInKey, type SignInAttempt } from '../../src/governance/sign-in.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 3, 1);
const failed = (...minutesAgo: number[]): SignInAttempt[] =>
  minutesAgo.map((minutes) => ({ at: NOW - minutes * MINUTE, succeeded: false }));
const worked = (minutesAgo: number): SignInAttempt => ({ at: NOW - minutesAgo * MINUTE, succeeded: true });

/** One check: minutes to wait from now; 0 where the door is open. */
function check(attempts: readonly SignInAttempt[], minutes: number): void {
  const gate = signInGate(attempts, NOW);
  expect(gate.kind === 'open' ? 0 : (gate.until - NOW) / MINUTE).toBe(minutes);
}

describe('tries to sign in', () => {
  test('are free four times', () => check(failed(0, 0, 0, 0), 0));
  test('wait a minute after the fifth in fifteen minutes', () => check(failed(14, 10, 5, 1, 0), 1));
  test('wait from the last failure on', () => check(failed(14, 10, 5, 1, 0.5), 0.5));
  test('wait twice as long with each further failure', () => {
    check(failed(14, 10, 5, 1, 0.5, 0), 2);
    check(failed(14, 10, 5, 1, 0.5, 0.25, 0), 4);
  });
  test('wait an hour at most, so that nobody is locked out for good', () =>
    check(failed(...Array<number>(60).fill(0)), 60));
  test('do not wait when they are spread over the day', () => check(failed(600, 500, 400, 300, 200, 0), 0));
  test('are forgotten after a success', () => check([...failed(5, 4, 3, 2, 1), worked(0.5)], 0));
  test('are forgotten after a day', () => check(failed(1_441, 1_442, 1_443, 1_444, 1_445), 0));
  test('from a clock that ran ahead count as of now, and end', () =>
    check(failed(-9_999, -9_999, -9_999, -9_999, -9_999), 1));
  test('are kept without the name that was typed', () => {
    expect(signInKey('Sato Hanako')).toMatch(/^[0-9a-f]{64}$/u);
    expect(signInKey(' ｓａｔｏ  hanako')).toBe(signInKey('Sato Hanako'));
    expect(signInKey('Sato')).not.toBe(signInKey('Kato'));
  });
});

describe('a password', () => {
  const salt = new Uint8Array(16).fill(7);

  test('is known again, and nothing else is taken for it', async () => {
    const stored = await hashPassword('正しい 馬 電池 留め具 パスワード', salt, governanceLimits.argon2);
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/u);
    expect(stored).not.toContain('馬');
    expect(await verifyPassword('正しい 馬 電池 留め具 パスワード', stored)).toBe(true);
    expect(await verifyPassword('正しい 馬 電池 留め具 ハスワード', stored)).toBe(false);
    expect(await verifyPassword('', stored)).toBe(false);
  });

  test('is the same however the keyboard composed it', async () => {
    const stored = await hashPassword('か\u3099いこく123456789', salt, governanceLimits.argon2);
    expect(await verifyPassword('がいこく123456789', stored)).toBe(true);
  });

  test('with another salt is stored otherwise', async () => {
    const other = await hashPassword('x', new Uint8Array(16).fill(8), governanceLimits.argon2);
    expect(await hashPassword('x', salt, governanceLimits.argon2)).not.toBe(other);
  });

  test('stored in a form of somebody else opens nothing', async () => {
    for (const stored of ['', 'x', '$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA', '$2b$10$abc'])
      expect(await verifyPassword('x', stored)).toBe(false);
  });

  test.each([
    ['tooshort', 'sato', 'short'],
    ['x'.repeat(257), 'sato', 'long'],
    ['this-is-SATO-and-nobody', 'Sato', 'is-name'],
    ['correct horse battery', 'sato', null],
    ['長くて覚えやすい日本語の合言葉', 'sato', null],
  ])('%j of %s is judged %s', (password, name, mistake) => {
    expect(passwordMistake(password, name)).toBe(mistake);
  });
});

describe('a token', () => {
  const text = tokenText('ab'.repeat(32));
  const token: AccessToken = {
    id: 't1',
    kind: 'personal',
    label: '',
    hash: tokenHash(text),
    createdAt: NOW,
    expiresAt: null,
    revokedAt: null,
  };
  const operator: Operator = {
    name: 'Sato',
    roles: ['approver'],
    origin: 'added',
    passwordHash: null,
    mustChangePassword: false,
    createdAt: NOW,
    disabledAt: null,
    tokens: [token],
  };
  const withToken = (fields: Partial<AccessToken>): Operator => ({
    ...operator,
    tokens: [{ ...token, ...fields }],
  });

  test('is its owner’s while it is valid', () =>
    expect(findToken(operator, `${text}\n`, NOW)).toEqual(token));
  test.each([
    ['another one', operator, tokenText('cd'.repeat(32))],
    ['none', operator, ''],
    ['its hash', operator, token.hash],
    ['one that was revoked', withToken({ revokedAt: NOW }), text],
    ['one that has expired', withToken({ expiresAt: NOW }), text],
    ['one of a disabled person', { ...operator, disabledAt: NOW }, text],
    ['one that another person has', { ...operator, tokens: [] }, text],
  ])('%s opens nothing', (_what, who, words) => expect(findToken(who, words, NOW)).toBeNull());
  test('is stored as its hash alone', () => expect(JSON.stringify(operator)).not.toContain('abab'));
});
