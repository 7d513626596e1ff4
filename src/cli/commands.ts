import type { Overrides } from '../config.ts';
import type { GovernedAct } from '../governance/permissions.ts';
import type { Command } from './command.ts';
import type { Actions, FlagName } from './flags.ts';

/** What the command line may hold, known before the command's own module is loaded. */
export type CommandEntry = {
  flags: readonly FlagName[];
  /** `maybe`: the command shows all of them where none is named. */
  takesId: boolean | 'maybe';
  /** The word after the command is the name of a file, or a title, kept as it was typed. */
  takesFile?: true | 'title';
  /** `--feed` is the name of a configured feed, not one to be read instead. */
  namesFeed?: true;
  /** The word after the command says which of these is meant. */
  actions?: Actions;
  /** The command classes titles, or shows how: rules.yaml must be right, and pass its own tests. Others leave it alone. */
  classes?: true;
  /** Files that do not decide what the command does: a broken edit of them must not keep anybody from it. */
  passOver?: Overrides['passOver'];
  /** What a person needs a right for; asked for before the command decides anything. */
  act?: GovernedAct;
  load(): Promise<Command>;
};

const folders = ['config', 'data'] as const;
const who = ['by', 'reason', 'token-file'] as const;
const act = [...who, ...folders] as const;

/** Every command. A module is loaded when its command is called, and not before. */
export const COMMANDS = {
  run: {
    flags: ['once', 'dry-run', 'feed', 'first-run', 'port', 'json', ...folders],
    takesId: false,
    classes: true,
    load: async () => (await import('./run.ts')).run,
  },
  preview: {
    flags: ['feed', 'json', 'html', ...folders],
    takesId: false,
    classes: true,
    load: async () => (await import('./preview.ts')).preview,
  },
  urgent: {
    flags: [
      'text',
      'url',
      'template',
      'set',
      'lang',
      'yes',
      'override-pause',
      'break-glass',
      ...who,
      'json',
      ...folders,
    ],
    takesId: false,
    act: 'submit',
    load: async () => (await import('./urgent.ts')).urgent,
  },
  explain: {
    flags: ['url', 'lang', 'json', ...folders],
    takesId: false,
    takesFile: 'title',
    classes: true,
    load: async () => (await import('./explain.ts')).explain,
  },
  drill: {
    flags: ['template', 'set', 'lang', 'yes', ...who, 'json', ...folders],
    takesId: false,
    act: 'drill',
    load: async () => (await import('./drill.ts')).drill,
  },
  posts: {
    flags: ['state', 'json', 'format', 'from', 'to', 'out', 'by', 'token-file', ...folders],
    takesId: false,
    load: async () => (await import('./posts.ts')).posts,
  },
  approve: {
    flags: act,
    takesId: true,
    act: 'approve',
    load: async () => (await import('./act-on-entry.ts')).actOnEntry('approve'),
  },
  hold: {
    flags: act,
    takesId: true,
    act: 'hold',
    passOver: ['feeds', 'templates', 'policy'],
    load: async () => (await import('./act-on-entry.ts')).actOnEntry('hold'),
  },
  edit: {
    flags: ['text', ...act],
    takesId: true,
    act: 'edit',
    load: async () => (await import('./edit.ts')).edit,
  },
  cancel: {
    flags: act,
    takesId: true,
    act: 'cancel',
    passOver: ['feeds', 'templates', 'policy'],
    load: async () => (await import('./act-on-entry.ts')).actOnEntry('cancel'),
  },
  retry: {
    flags: act,
    takesId: true,
    act: 'retry',
    load: async () => (await import('./act-on-entry.ts')).actOnEntry('retry'),
  },
  known: {
    flags: act,
    takesId: true,
    act: 'known',
    load: async () => (await import('./act-on-entry.ts')).actOnEntry('known'),
  },
  withdraw: {
    flags: ['correct', 'correction', 'yes', ...act],
    takesId: true,
    act: 'withdraw',
    load: async () => (await import('./withdraw.ts')).withdraw,
  },
  resolve: {
    flags: ['published', 'not-published', ...act],
    takesId: true,
    act: 'resolve',
    load: async () => (await import('./resolve.ts')).resolve,
  },
  pause: {
    flags: ['topic', 'feed', ...act],
    takesId: false,
    namesFeed: true,
    act: 'pause',
    passOver: ['feeds', 'templates', 'policy'],
    load: async () => (await import('./pause.ts')).pause,
  },
  resume: {
    flags: ['topic', 'feed', ...act],
    takesId: false,
    namesFeed: true,
    act: 'resume',
    load: async () => (await import('./resume.ts')).resume,
  },
  quarantine: {
    flags: ['all-known', 'post', 'newest-only', ...act],
    takesId: 'maybe',
    act: 'quarantine',
    load: async () => (await import('./quarantine.ts')).quarantine,
  },
  status: {
    flags: ['json', ...folders],
    takesId: false,
    load: async () => (await import('./status.ts')).status,
  },
  doctor: {
    flags: ['feed', ...folders],
    takesId: false,
    classes: true,
    load: async () => (await import('./doctor.ts')).doctor,
  },
  review: {
    flags: act,
    takesId: true,
    act: 'review',
    load: async () => (await import('./review.ts')).review,
  },
  policy: {
    flags: ['html', 'lang', ...folders],
    takesId: false,
    load: async () => (await import('./policy.ts')).policy,
  },
  operator: {
    flags: ['operator', 'role', 'label', 'revoke', 'reset', 'json', ...act],
    takesId: false,
    actions: {
      add: ['operator', 'role'],
      list: ['json'],
      roles: ['operator', 'role'],
      disable: ['operator'],
      token: ['operator', 'label', 'revoke'],
      password: ['operator', 'reset'],
    },
    load: async () => (await import('./operator.ts')).operator,
  },
  audit: {
    flags: ['anchor', 'format', 'from', 'to', 'out', ...act],
    takesId: false,
    actions: { verify: ['anchor'], export: ['format', 'from', 'to', 'out'] },
    act: 'export-audit',
    load: async () => (await import('./audit.ts')).audit,
  },
  privacy: {
    flags: ['operator', ...act],
    takesId: false,
    actions: { export: ['operator'], erase: ['operator'] },
    load: async () => (await import('./privacy.ts')).privacy,
  },
  backup: {
    flags: act,
    takesId: false,
    takesFile: true,
    act: 'backup',
    load: async () => (await import('./backup.ts')).backup,
  },
  restore: {
    flags: act,
    takesId: false,
    takesFile: true,
    act: 'restore',
    load: async () => (await import('./restore.ts')).restore,
  },
  sandbox: {
    flags: ['port', ...folders],
    takesId: false,
    load: async () => (await import('./sandbox.ts')).sandbox,
  },
} as const satisfies Record<string, CommandEntry>;
export type CommandName = keyof typeof COMMANDS;

/** Their names in the order of the help. */
export const COMMAND_NAMES: readonly CommandName[] = Object.keys(COMMANDS).filter(isCommandName);

/** Narrows what was typed to a command. */
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
