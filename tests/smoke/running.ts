import { tmpdir } from 'node:os';

/** Nothing of the tester's own environment reaches the program: no credentials, no settings, no locale. */
export const BARE_ENV = {
  PATH: process.env['PATH'] ?? '',
  HOME: tmpdir(),
  LC_ALL: 'C.UTF-8',
  LOGNAME: 'tester',
};

export type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string };
export type Options = {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Typed into standard input, which then ends. */
  input?: string;
  node?: string;
  entry?: string;
};

/** A running program of which the output so far can be looked at. */
export type Running = {
  out(): string;
  err(): string;
  ended: Promise<Ended>;
  /** Resolves with the match once stdout shows it; rejects with all output when the program ends first. */
  shows(pattern: RegExp): Promise<RegExpExecArray>;
};

type Tell = { out: (text: string) => void; err: (text: string) => void };

/** Collects what a program says; `run` begins it with a place for each stream, and resolves once it has ended. */
export function watch(run: (tell: Tell) => Promise<Pick<Ended, 'code' | 'signal'>>): Running {
  let [out, err] = ['', ''];
  const looking = new Set<() => void>();
  const tell: Tell = {
    out: (text) => {
      out += text;
      for (const look of looking) look();
    },
    err: (text) => void (err += text),
  };
  const ended = run(tell).then((end): Ended => ({ ...end, out, err }));
  return {
    ended,
    out: () => out,
    err: () => err,
    shows: (pattern) =>
      new Promise((found, missed) => {
        const look = (): void => {
          const match = pattern.exec(out);
          if (match === null) return;
          looking.delete(look);
          found(match);
        };
        looking.add(look);
        void ended.then((end) =>
          missed(new Error(`ended before it showed ${String(pattern)}: ${JSON.stringify(end)}`)),
        );
        look();
      }),
  };
}
