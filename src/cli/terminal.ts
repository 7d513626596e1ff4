import type { Io } from './command.ts';

type Writer = NodeJS.WritableStream;
type Streams = { stdin: () => NodeJS.ReadableStream; stdout: () => Writer; stderr: () => Writer };

/**
 * Standard input and output as commands see them, each opened at its first use: opening all three takes longer than a whole
 * quick command. A reader that went away (`| head`) is no error.
 */
export function createIo(streams: Streams): Io {
  const heard = new Set<Writer>();
  const waiting: string[] = [];
  let isLineShown = false;
  let results: Writer | null = null;
  const send = (stream: Writer, text: string): void => {
    if (!heard.has(stream)) {
      heard.add(stream);
      stream.on('error', () => {});
    }
    stream.write(text);
  };
  const line = (text: string | null): void => {
    const stream = streams.stderr();
    if (!hasRows(stream) || (text === null && !isLineShown)) return;
    isLineShown = text !== null;
    // The cursor goes back to where the line begins, so that whatever else is written takes its place.
    send(stream, `${text === null ? '' : cutToWidth(text, stream.columns - 1)}${CLEAR_REST}\r`);
  };
  const write = (stream: Writer, text: string): void => {
    if (isLineShown) line(null);
    send(stream, `${text}\n`);
  };
  return {
    out: (text) => {
      results ??= streams.stdout();
      write(results, text);
    },
    err: (text) => write(streams.stderr(), text),
    taken: (signal) => (results === null ? Promise.resolve() : takenFrom(results, signal)),
    line,
    ask: (question, signal, kind) => ask({ ...streams, waiting }, question, signal, kind === 'secret'),
    isTerminal: () => isTerminal(streams.stdin()),
  };
}

function takenFrom(stream: Writer, signal: AbortSignal): Promise<void> {
  const isTaken = 'writableLength' in stream && stream.writableLength === 0;
  if (isTaken || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = (): void => {
      signal.removeEventListener('abort', settle);
      stream.removeListener('close', settle);
      resolve();
    };
    signal.addEventListener('abort', settle);
    stream.once('close', settle);
    // Writes are taken in their order: once this one is, all before it are.
    stream.write('', settle);
  });
}

/** Erases what stands right of the cursor. */
const CLEAR_REST = '\u001B[K';

function hasRows(stream: Writer): stream is Writer & { columns: number } {
  return 'isTTY' in stream && stream.isTTY === true && 'columns' in stream;
}

/** As much of the text as fits in one row, where Japanese takes two columns a character. A row that breaks could not be replaced. */
function cutToWidth(text: string, columns: number): string {
  let width = 0;
  let cut = '';
  for (const character of text) {
    width += character < '\u1100' ? 1 : 2;
    if (width > columns) break;
    cut += character;
  }
  return cut;
}

/** readline is loaded only for a question: quick commands never ask. */
async function ask(
  streams: Streams & { waiting: string[] },
  question: string,
  signal: AbortSignal,
  isSecret: boolean,
): Promise<string | null> {
  const next = streams.waiting.shift();
  if (next !== undefined) {
    streams.stderr().write(question);
    return next;
  }
  const { createInterface } = await import('node:readline');
  const input = streams.stdin();
  const lines = createInterface(
    // With an output that shows nothing, readline itself takes over the echo of the terminal.
    isSecret && isTerminal(input) ? { input, output: await silence(), terminal: true } : { input },
  );
  if (isSecret && isTerminal(input)) lines.once('line', () => streams.stderr().write('\n'));
  streams.stderr().write(question);
  return new Promise((resolve) => {
    const settle = (answer: string | null): void => {
      signal.removeEventListener('abort', none);
      // Its own listener alone: readline lets go of the input by one of its own, and would hear the next answers too.
      lines.off('close', none);
      lines.close();
      resolve(answer);
    };
    const none = (): void => settle(null);
    let answered = false;
    // A pipe may bring the answers to later questions together with this one's.
    lines.on('line', (line) => {
      if (answered) streams.waiting.push(line);
      else settle(line);
      answered = true;
    });
    lines.once('close', none);
    if (signal.aborted) none();
    else signal.addEventListener('abort', none, { once: true });
  });
}

function isTerminal(input: NodeJS.ReadableStream): boolean {
  return 'isTTY' in input && input.isTTY === true;
}

async function silence(): Promise<NodeJS.WritableStream> {
  const { Writable } = await import('node:stream');
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
