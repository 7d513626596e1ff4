import { parentPort } from 'node:worker_threads';
import { parseDocument } from '../../feed/parse-document.ts';
import type { ParseInput } from '../../feed/parsed-feed.ts';

/** The thread's whole program: a document in, what it says out. Runs in a worker thread only (see parser.ts). */
parentPort?.on('message', (input: ParseInput) => {
  void answer(input);
});

// What it reads with is loaded: from now on, time is the document's.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a browser's window
parentPort?.postMessage('ready');

async function answer(input: ParseInput): Promise<void> {
  const parsed = await parseDocument(input);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a browser's window
  parentPort?.postMessage(parsed);
}
