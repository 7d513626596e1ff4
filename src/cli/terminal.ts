import type { Io } from './command.ts';

type Reader = NodeJS.ReadableStream & { isTTY?: boolean };
type Writer = NodeJS.WritableStream;

/** Standard input and output as commands see them. A reader that went away (`| head`) is no error. */
export function createIo(streams: { stdin: Reader; stdout: Writer; stderr: Writer }): Io {
  for (const stream of [streams.stdout, streams.stderr]) stream.on('error', () => {});
  return {
    out: (text) => void streams.stdout.write(`${text}\n`),
    err: (text) => void streams.stderr.write(`${text}\n`),
    ask: (question, signal) => ask(streams, question, signal),
    inputIsTerminal: streams.stdin.isTTY === true,
  };
}

/** readline is loaded only for a question: quick commands never ask. */
async function ask(
  streams: { stdin: Reader; stderr: Writer },
  question: string,
  signal: AbortSignal,
): Promise<string | null> {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: streams.stdin });
  streams.stderr.write(question);
  return new Promise((resolve) => {
    const settle = (answer: string | null): void => {
      signal.removeEventListener('abort', none);
      lines.removeAllListeners('close');
      lines.close();
      resolve(answer);
    };
    const none = (): void => settle(null);
    lines.once('line', settle);
    lines.once('close', none);
    if (signal.aborted) none();
    else signal.addEventListener('abort', none, { once: true });
  });
}
