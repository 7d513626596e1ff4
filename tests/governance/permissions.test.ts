import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/governance/operator.ts';
import { ACTS, mayDo, PERMISSIONS, type GovernedAct } from '../../src/governance/permissions.ts';

/** v viewer, e editor, a approver, A administrator: written down a second time, so that a change of rights is meant. */
const TABLE: Readonly<Record<GovernedAct, string>> = {
  view: 'veaA',
  submit: 'ea',
  edit: 'ea',
  hold: 'ea',
  cancel: 'ea',
  retry: 'ea',
  known: 'ea',
  approve: 'a',
  withdraw: 'a',
  resolve: 'a',
  quarantine: 'a',
  drill: 'ea',
  pause: 'eaA',
  resume: 'aA',
  'break-glass': 'a',
  review: 'a',
  'export-audit': 'aA',
  'manage-operators': 'A',
  privacy: 'A',
  backup: 'A',
  restore: 'A',
};
const LETTERS: Readonly<Record<Role, string>> = {
  viewer: 'v',
  editor: 'e',
  approver: 'a',
  administrator: 'A',
};

describe('a role may do what its table says and nothing else', () => {
  test.each(ACTS.flatMap((act) => ROLES.map((role) => [role, act] as const)))('%s: %s', (role, act) => {
    expect(mayDo([role], act)).toBe(TABLE[act].includes(LETTERS[role]));
  });
});

test('whoever has no role may do nothing', () => {
  expect(ACTS.filter((act) => mayDo([], act))).toEqual([]);
});

test('nobody who only looks after people can put words before the public', () => {
  const publishing = [
    'submit',
    'edit',
    'approve',
    'withdraw',
    'resolve',
    'quarantine',
    'break-glass',
    'review',
  ] as const;
  expect(publishing.filter((act) => PERMISSIONS[act].includes('administrator'))).toEqual([]);
});
