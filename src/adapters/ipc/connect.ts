import { createConnection, type Socket } from 'node:net';
import { edgeLimits } from '../../limits/edges.ts';

/** Connects to a socket, or gives null where nobody listens there. */
export function connect(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection({ path });
    const settle = (result: Socket | null): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      // A late error must find a listener, or it ends the process.
      socket.on('error', () => {});
      if (result === null) socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => settle(null), edgeLimits.linkConnectMs);
    socket.once('connect', () => settle(socket));
    socket.once('error', () => settle(null));
  });
}
