import { tmpdir } from 'node:os';
import { Readable, Writable } from 'node:stream';
import { createLog } from '../../src/adapters/log/log.ts';
import { edges } from '../../src/assemble-edges.ts';
import { assemble } from '../../src/assemble.ts';
import type { Edges } from '../../src/cli/command.ts';
import { terminalLang } from '../../src/cli/operator-settings.ts';
import { runCommandLine } from '../../src/cli/run-command-line.ts';
import { createIo } from '../../src/cli/terminal.ts';
import { CHEAP } from '../governance/cheap-passwords.ts';
import { BARE_ENV, watch, type Ended, type Options, type Running } from './running.ts';

/** A command at work in this process; `stop` is what SIGTERM is to a process of its own. */
export type Begun = Running & { stop(): void };

/**
 * Begins a command in this process, by the function that the entry calls, with the real adapters and its own streams and log.
 * It costs a twentieth of a process. What only a process has (signals, exit codes, descriptors, the launcher) is for `start`.
 */
export function begin(words: readonly string[], options: Pick<Options, 'cwd' | 'env' | 'input'> = {}): Begun {
  const stopped = new AbortController();
  const seen = watch((tell) => {
    const [stdout, stderr] = [streamTo(tell.out), streamTo(tell.err)];
    const context = {
      io: createIo({
        stdin: () => Readable.from([options.input ?? '']),
        stdout: () => stdout,
        stderr: () => stderr,
      }),
      env: { ...BARE_ENV, ...options.env },
      lang: terminalLang({ ...BARE_ENV, ...options.env }),
      cwd: options.cwd ?? tmpdir(),
      signal: stopped.signal,
      edges: edgesLoggingTo(tell.err),
      tellStrays: () => {},
    };
    return runCommandLine(words, context).then((code): Pick<Ended, 'code' | 'signal'> => ({
      code,
      signal: null,
    }));
  });
  return { ...seen, stop: () => stopped.abort() };
}

/** Runs a command to its end in this process. */
export function kosatsu(
  words: readonly string[],
  options: Pick<Options, 'cwd' | 'env' | 'input'> = {},
): Promise<Ended> {
  return begin(words, options).ended;
}

function streamTo(take: (text: string) => void): Writable {
  return new Writable({
    write: (chunk, _encoding, done) => {
      take(String(chunk));
      done();
    },
  });
}

/** The real composition root, with the log where the process would have had its stderr. */
function edgesLoggingTo(write: (line: string) => void): Edges {
  return {
    ...edges,
    assemble: (config, needs) => {
      const secrets = Object.values(config.x.credentials ?? {});
      const log = createLog({ level: config.logLevel, secrets, write });
      return assemble(config, needs, { log, passwordCost: CHEAP });
    },
  };
}
