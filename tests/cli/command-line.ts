import type { LinkAnswer, LinkRequest, WorkerLink } from '../../src/app/worker-link.ts';
import type { CommandContext, Edges } from '../../src/cli/command.ts';
import { runCommandLine } from '../../src/cli/run-command-line.ts';

/** What a command left behind. */
export type Ran = { code: number; out: string; err: string };

/** Edges of which a test gives what its command may touch; everything else fails the test. */
export function edgesWith(given: Partial<Edges> = {}): Edges {
  const untouchable = (name: string) => (): never => {
    throw new Error(`the command must not touch ${name}`);
  };
  return {
    loadConfig: untouchable('the configuration'),
    assemble: untouchable('the program'),
    openBackups: untouchable('the backups'),
    connectWorker: async () => null,
    serveWorker: untouchable('the socket'),
    newRequestId: () => 'request-1',
    ...given,
  };
}

/** Runs a command line in this process. `answers` are what the person types; then the input ends. */
export async function typed(
  words: readonly string[],
  options: {
    edges?: Edges;
    answers?: readonly string[];
    /** The answers are typed at a terminal; else they come from a pipe. */
    terminal?: true;
    lang?: 'ja' | 'en';
    env?: CommandContext['env'];
    cwd?: string;
  } = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const answers = [...(options.answers ?? [])];
  const code = await runCommandLine(words, {
    lang: options.lang ?? 'en',
    env: options.env ?? {},
    cwd: options.cwd ?? '/nowhere',
    signal: new AbortController().signal,
    edges: options.edges ?? edgesWith(),
    tellStrays: () => {},
    io: {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      taken: async () => {},
      line: () => {},
      ask: async (question) => {
        err.push(question);
        return answers.shift() ?? null;
      },
      isTerminal: () => options.terminal === true,
    },
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** A worker that answers by a function, and remembers what it was asked. */
export function workerThat(answer: (request: LinkRequest) => LinkAnswer): {
  link: WorkerLink;
  asked: LinkRequest[];
  closed: () => boolean;
} {
  const asked: LinkRequest[] = [];
  let closed = false;
  const link: WorkerLink = {
    ask: async (request) => {
      asked.push(request);
      return answer(request);
    },
    close: () => {
      closed = true;
    },
  };
  return { link, asked, closed: () => closed };
}
