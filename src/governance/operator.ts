import type { EpochMs } from '../feed/item.ts';

/**
 * What a person may do. `viewer` looks; `editor` prepares, submits and stops; `approver` says yes for the institution;
 * `administrator` looks after people. Nobody has a right by having another one: who is to do both has both roles.
 */
export const ROLES = ['viewer', 'editor', 'approver', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/**
 * A right to act in somebody's name: 256 random bits that only their owner has; here lies their SHA-256. A `personal` token is
 * made for the command line, a `session` one for a browser's sign-in, which ends by itself.
 */
export type AccessToken = {
  /** Names it in lists and in the record; says nothing of the token itself. */
  id: string;
  kind: 'personal' | 'session';
  /** What its owner calls it. */
  label: string;
  hash: string;
  createdAt: EpochMs;
  /** null: valid until it is revoked. */
  expiresAt: EpochMs | null;
  revokedAt: EpochMs | null;
};

/** A person who may act. `name` is unique by its folded form (person-name.ts). */
export type Operator = {
  name: string;
  roles: readonly Role[];
  /** `first-run`: made by the program; as long as nobody was `added`, the machine's own login is trusted (keptGoverned). */
  origin: 'first-run' | 'added';
  /** Argon2id in its usual notation; null: cannot sign in with a password. */
  passwordHash: string | null;
  /** The password was made by the program: all that it is good for is to set another one. */
  mustChangePassword: boolean;
  createdAt: EpochMs;
  disabledAt: EpochMs | null;
  tokens: readonly AccessToken[];
};

/** Whether people are known by name: from the first operator that was added, also if that one is disabled or erased later. */
export function isGoverned(operators: readonly Operator[]): boolean {
  return operators.some(({ origin }) => origin === 'added');
}

/**
 * Those who are left, to be written anew, once `gone` is deleted; mostly nobody. Where everybody who was added has been erased, who is
 * left counts as added: else the machine's own login would be trusted again.
 */
export function keptGoverned(left: readonly Operator[], gone: Operator | undefined): readonly Operator[] {
  if (gone?.origin !== 'added' || isGoverned(left)) return [];
  return left.map((operator) => ({ ...operator, origin: 'added' }));
}
