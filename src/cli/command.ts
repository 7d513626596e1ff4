import type { App } from '../app/app.ts';
import type { LinkHandler, WorkerLink } from '../app/worker-link.ts';
import type { Config, Overrides } from '../config.ts';
import type { Lang } from '../feed/item.ts';
import type { GovernedAct } from '../governance/permissions.ts';
import type { Backups } from '../outbox/backups.ts';
import type { Sandbox } from '../sandbox/start-sandbox.ts';
import type { CommandLine } from './parse-command-line.ts';

/** 0 done · 1 unexpected · 2 wrong usage or config · 3 held or refused by policy · 4 refused by X · 5 outcome unknown. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

/** The terminal, or what stands in for it. `out` is stdout and carries results only; everything else goes to `err`. */
export type Io = {
  /** Writes the text and a line break. */
  out(text: string): void;
  err(text: string): void;
  /**
   * Resolves once the reader of stdout has taken what was written, or went away, or the signal aborts. Whoever writes much waits for
   * it, so that a slow reader holds the writer up; otherwise all of it would lie in memory, and be lost at the end of the process.
   */
  taken(signal: AbortSignal): Promise<void>;
  /** One line of the terminal that the next replaces, and null takes away. Nothing where stderr is no terminal. */
  line(text: string | null): void;
  /**
   * Asks on stderr and reads one line; null at the end of the input or when the command is interrupted. What is typed at a terminal in
   * answer to a `secret` question is not shown.
   */
  ask(question: string, signal: AbortSignal, kind?: 'secret'): Promise<string | null>;
  /** Whether a person sits there: answers come from a terminal, not from a pipe or a file. */
  isTerminal(): boolean;
};

export type Env = Readonly<Record<string, string | undefined>>;

/** Every mistake at once, each a finished sentence with file, line and key. */
type LoadedConfig =
  | { kind: 'ok'; config: Config }
  /** `record` puts the refusal into the audit log where there is one that can be opened; it never rejects. */
  | { kind: 'mistakes'; mistakes: readonly string[]; record?: (command: string) => Promise<void> };

/** `drill`: practice in a store and a sandbox of its own, whatever is configured. */
export type Needs = { store: 'write' | 'read' | 'memory'; publisher: 'x' | 'none'; drill?: true };

/** The whole program; disposing of it closes what it opened. `sandbox` runs with it where no account is configured. */
export type OpenedApp = App & AsyncDisposable & { readonly sandbox: Sandbox | null };

export type LinkServing =
  { kind: 'serving'; close(): Promise<void> } | { kind: 'busy' } | { kind: 'failed'; message: string };

/**
 * What commands get from the composition roots. Each loads its modules only when called, so that a quick command stays quick.
 */
export type Edges = {
  loadConfig(overrides: Overrides, env: Env, cwd: string, lang: Lang): Promise<LoadedConfig>;
  /** Rejects with StoreError when the storage can't be used. */
  assemble(config: Config, needs: Needs): Promise<OpenedApp>;
  /** null where the store is PostgreSQL, which has its own tools for copies. */
  openBackups(config: Config): Promise<Backups | null>;
  connectWorker(dataDir: string): Promise<WorkerLink | null>;
  serveWorker(dataDir: string, handle: LinkHandler): Promise<LinkServing>;
  /** Unique; names one request for ever. */
  newRequestId(): string;
};

export type CommandContext = {
  line: CommandLine;
  /** What the command's person needs a right for. */
  act?: GovernedAct;
  /** The command classes titles. */
  classes?: true;
  /** Files that do not decide what the command does. */
  passOver?: Overrides['passOver'];
  /** The only template that the command fills. */
  template?: string;
  /** Where the settings are refused, that goes on the record, under this name of the command. */
  recorded?: string;
  lang: Lang;
  io: Io;
  env: Env;
  cwd: string;
  /** Aborts at SIGINT or SIGTERM. */
  signal: AbortSignal;
  edges: Edges;
  /** From now on, exceptions that no promise caught are told here. */
  tellStrays(to: (error: unknown) => void): void;
};

/** One command of the program. */
export type Command = {
  run(context: CommandContext): Promise<ExitCode>;
};
