import type { Role } from './operator.ts';

/** Every act that a person can ask for. */
export const ACTS = [
  'view',
  'submit',
  'edit',
  'hold',
  'cancel',
  'retry',
  'known',
  'approve',
  'withdraw',
  'resolve',
  'quarantine',
  'drill',
  'pause',
  'resume',
  'break-glass',
  'review',
  'export-audit',
  'manage-operators',
  'privacy',
  'backup',
  'restore',
] as const;
export type GovernedAct = (typeof ACTS)[number];

/** Who prepares and stops: nothing reaches the public by it alone. */
const PREPARING: readonly Role[] = ['editor', 'approver'];
/** Who answers for what the public reads. */
const ANSWERING: readonly Role[] = ['approver'];

/**
 * Which roles may do what; one of them is enough. Stopping is easier than going on: an editor may pause, only an approver (or, when
 * none is there, an administrator) resumes. Whoever looks after people decides nothing about posts.
 */
export const PERMISSIONS: Readonly<Record<GovernedAct, readonly Role[]>> = {
  view: ['viewer', 'editor', 'approver', 'administrator'],
  submit: PREPARING,
  edit: PREPARING,
  hold: PREPARING,
  cancel: PREPARING,
  retry: PREPARING,
  known: PREPARING,
  approve: ANSWERING,
  withdraw: ANSWERING,
  resolve: ANSWERING,
  quarantine: ANSWERING,
  drill: PREPARING,
  pause: ['editor', 'approver', 'administrator'],
  resume: ['approver', 'administrator'],
  'break-glass': ANSWERING,
  review: ANSWERING,
  'export-audit': ['approver', 'administrator'],
  'manage-operators': ['administrator'],
  privacy: ['administrator'],
  // A copy holds everything, and putting one back sets the record of everybody's acts back.
  backup: ['administrator'],
  restore: ['administrator'],
};

/** Whether somebody with these roles may do it. */
export function mayDo(roles: readonly Role[], act: GovernedAct): boolean {
  return PERMISSIONS[act].some((role) => roles.includes(role));
}
