import type { LinkAnswer, LinkRequest, WorkerLink } from '../../app/worker-link.ts';
import { edgeLimits } from '../../limits/edges.ts';
import { connect } from './connect.ts';
import { readLines, writeLine } from './lines.ts';
import { readReply } from './messages.ts';
import { findSocketPath } from './socket-path.ts';

/** Opens a line to the worker of a data folder, or gives null where none runs. Never throws. */
export async function connectWorker(dataDir: string): Promise<WorkerLink | null> {
  const path = findSocketPath(dataDir);
  const socket = path === null ? null : await connect(path);
  if (socket === null) return null;
  const waiting = new Map<number, (answer: LinkAnswer) => void>();
  let lastId = 0;
  readLines(socket, edgeLimits.linkLineMaxBytes, (value) => {
    const reply = readReply(value);
    if (reply !== null) waiting.get(reply.id)?.({ kind: 'reply', reply: reply.body });
  });
  socket.on('close', () => {
    for (const answer of waiting.values())
      answer({ kind: 'lost', cause: 'closed', detail: 'the worker closed the connection' });
  });
  return {
    ask(request: LinkRequest, deadlineMs: number): Promise<LinkAnswer> {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        const settle = (answer: LinkAnswer): void => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(answer);
        };
        const timer = setTimeout(
          () => settle({ kind: 'lost', cause: 'silent', detail: `no answer within ${deadlineMs / 1_000} s` }),
          deadlineMs,
        );
        waiting.set(id, settle);
        if (socket.destroyed)
          settle({ kind: 'lost', cause: 'closed', detail: 'the worker closed the connection' });
        else writeLine(socket, { id, ...request });
      });
    },
    close: () => socket.destroy(),
  };
}
