import type { Socket } from 'node:net';

/**
 * Calls `onLine` for each line of UTF-8 JSON that arrives; ends the connection at a line that is too long or is not JSON,
 * because what follows it can't be trusted either.
 */
export function readLines(socket: Socket, maxBytes: number, onLine: (value: unknown) => void): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (let end = pending.indexOf(0x0a); end >= 0; end = pending.indexOf(0x0a)) {
      const line = pending.subarray(0, end);
      pending = pending.subarray(end + 1);
      const value = line.length > maxBytes ? undefined : parse(line);
      if (value === undefined) {
        socket.destroy();
        return;
      }
      onLine(value);
    }
    if (pending.length > maxBytes) socket.destroy();
  });
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Writes one value as a line. JSON never holds a raw line break. */
export function writeLine(socket: Socket, value: unknown): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(value)}\n`);
}
