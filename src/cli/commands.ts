import type { Command } from './command.ts';
import type { FlagName } from './flags.ts';

/** What the command line may hold, known before the command's own module is loaded. */
export type CommandEntry = {
  flags: readonly FlagName[];
  /** `maybe`: the command shows all of them where none is named. */
  takesId: boolean | 'maybe';
  /** The word after the command is the name of a file, kept as it was typed. */
  takesFile?: true;
  /** `--feed` is the name of a configured feed, not one to be read instead. */
  namesFeed?: true;
  load(): Promise<Command>;
};

const folders = ['config', 'data'] as const;
const act = ['by', 'reason', ...folders] as const;

/** Every command. A module is loaded when its command is called, and not before. */
export const COMMANDS = {
  run: {
    flags: ['once', 'dry-run', 'feed', 'first-run', 'port', 'json', ...folders],
    takesId: false,
    load: async () => (await import('./run.ts')).run,
  },
  preview: {
    flags: ['feed', 'json', 'html', ...folders],
    takesId: false,
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
      'by',
      'reason',
      'json',
      ...folders,
    ],
    takesId: false,
    load: async () => (await import('./urgent.ts')).urgent,
  },
  posts: {
    flags: ['state', 'json', ...folders],
    takesId: false,
    load: async () => (await import('./posts.ts')).posts,
  },
  approve: {
    flags: act,
    takesId: true,
    load: async () => (await import('./act-on-entry.ts')).actOnEntry('approve'),
  },
  hold: {
    flags: act,
    takesId: true,
    load: async () => (await import('./act-on-entry.ts')).actOnEntry('hold'),
  },
  cancel: {
    flags: act,
    takesId: true,
    load: async () => (await import('./act-on-entry.ts')).actOnEntry('cancel'),
  },
  retry: {
    flags: act,
    takesId: true,
    load: async () => (await import('./act-on-entry.ts')).actOnEntry('retry'),
  },
  known: {
    flags: act,
    takesId: true,
    load: async () => (await import('./act-on-entry.ts')).actOnEntry('known'),
  },
  withdraw: {
    flags: ['by', 'reason', 'correction', 'yes', ...folders],
    takesId: true,
    load: async () => (await import('./withdraw.ts')).withdraw,
  },
  resolve: {
    flags: ['published', 'not-published', 'by', 'reason', ...folders],
    takesId: true,
    load: async () => (await import('./resolve.ts')).resolve,
  },
  pause: {
    flags: ['topic', 'feed', ...act],
    takesId: false,
    namesFeed: true,
    load: async () => (await import('./pause.ts')).pause,
  },
  resume: {
    flags: ['topic', 'feed', ...act],
    takesId: false,
    namesFeed: true,
    load: async () => (await import('./resume.ts')).resume,
  },
  quarantine: {
    flags: ['all-known', 'post', 'newest-only', ...act],
    takesId: 'maybe',
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
    load: async () => (await import('./doctor.ts')).doctor,
  },
  backup: {
    flags: folders,
    takesId: false,
    takesFile: true,
    load: async () => (await import('./backup.ts')).backup,
  },
  restore: {
    flags: folders,
    takesId: false,
    takesFile: true,
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
