import type { CommandContext, ExitCode } from './cli/command.ts';
import { runCommandLine } from './cli/run-command-line.ts';
import { createIo } from './cli/terminal.ts';
import { edges } from './assemble-edges.ts';
import { terminalLang } from './cli/operator-settings.ts';
import { edgeLimits } from './limits/edges.ts';
import { cliSentences } from './messages/cli.ts';
import { say } from './messages/sentence.ts';

/**
 * The program: the words after its name in, an exit code out. The only file that touches `process`; it sets the exit code
 * and lets the process end by itself, so that nothing under way is cut off.
 */
export async function main(): Promise<void> {
  // Until the command has ended, an empty event loop means that something was forgotten.
  process.exitCode = 1;
  const lang = terminalLang(process.env);
  const io = createIo({
    stdin: () => process.stdin,
    stdout: () => process.stdout,
    stderr: () => process.stderr,
  });
  const end = new AbortController();
  await followLauncher();
  let ended = false;
  let interrupted = false;
  onSignals(() => {
    if (!interrupted && !ended) io.err(say(cliSentences.stopping, lang));
    interrupted = true;
    end.abort();
  });
  const strays = onStrays((error, tooMany) => {
    if (!tooMany) return io.err(say(cliSentences.stray, lang, { detail: wordsOf(error) }));
    io.err(say(cliSentences.tooManyStrays, lang));
    end.abort();
  });
  process.on('exit', () => {
    if (!ended) io.err(say(cliSentences.neverEnded, lang));
  });
  const context: Omit<CommandContext, 'line'> = {
    lang,
    io,
    env: { ...process.env },
    cwd: process.cwd(),
    signal: end.signal,
    edges,
    tellStrays: strays.tellTo,
  };
  const code: ExitCode = await runCommandLine(process.argv.slice(2), context);
  ended = true;
  process.exitCode = strays.tooMany() ? 1 : code;
  // What was printed is the result, and half of it is none: a slow reader is waited for, until somebody interrupts that. A command that
  // failed has no result: a worker that lost its place must end, so that it is started again, also where nobody reads its output.
  if (!interrupted) {
    const patience = code === 0 ? [] : [AbortSignal.timeout(edgeLimits.exitGraceMs)];
    await io.taken(AbortSignal.any([end.signal, ...patience]));
    if (interrupted && code === 0) process.exitCode = 1;
  }
  // What a library left open must not keep a finished command from ending.
  setTimeout(() => process.exit(), edgeLimits.exitGraceMs).unref();
}

/** Under a launcher of another Node, end with it: a worker that nobody can stop by its terminal must not live on. */
async function followLauncher(): Promise<void> {
  const fd = process.env['KOSATSU_LAUNCHER_FD'];
  if (fd === undefined) return;
  delete process.env['KOSATSU_LAUNCHER_FD'];
  const { Socket } = await import('node:net');
  const launcher = new Socket({ fd: Number(fd), readable: true, writable: false });
  launcher.on('error', () => {});
  launcher.on('close', () => process.kill(process.pid, 'SIGKILL'));
  launcher.resume();
  launcher.unref();
}

/** The first signal asks for a clean end, the second ends at once. A terminal, npm and a launcher may all pass on the same one. */
function onSignals(stop: () => void): void {
  let firstAt: number | null = null;
  const numbers = { SIGINT: 2, SIGTERM: 15 } as const;
  const receive = (signal: 'SIGINT' | 'SIGTERM'): void => {
    const now = performance.now();
    if (firstAt === null) firstAt = now;
    else if (now - firstAt > edgeLimits.sameSignalMs) process.exit(128 + numbers[signal]);
    stop();
  };
  process.on('SIGINT', receive);
  process.on('SIGTERM', receive);
}

/**
 * Exceptions that no promise caught. A library's callback may throw one for an odd answer (twitter-api-v2 does); the lane that
 * waits for it has its own deadline and ends in doubt, so the process lives on. Many of them mean that it is broken: then it ends,
 * and recovery at the next start settles what was under way.
 */
function onStrays(report: (error: unknown, tooMany: boolean) => void): {
  tellTo: (to: (error: unknown) => void) => void;
  tooMany: () => boolean;
} {
  let tell: ((error: unknown) => void) | null = null;
  let exceeded = false;
  let recent: number[] = [];
  const receive = (error: unknown): void => {
    const now = performance.now();
    recent = [...recent.filter((at) => now - at < 60_000), now];
    const tooMany = recent.length > edgeLimits.straysPerMinute;
    if (tooMany && !exceeded) report(error, true);
    else if (!tooMany && tell !== null) tell(error);
    else if (!tooMany) report(error, false);
    exceeded ||= tooMany;
  };
  process.on('uncaughtException', receive);
  process.on('unhandledRejection', receive);
  return {
    tellTo: (to) => {
      tell = to;
    },
    tooMany: () => exceeded,
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

if (import.meta.main) await main();
