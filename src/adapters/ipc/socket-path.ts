import { lstatSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { edgeLimits } from '../../limits/edges.ts';

const NAME = 'kosatsu.sock';
/** In the data folder; tells where the socket is when the folder's own path is too long for one. */
const POINTER = 'kosatsu.sock.path';

/** Where the worker of a data folder listens, or null where none ever did. */
export function findSocketPath(dataDir: string): string | null {
  const direct = join(resolve(dataDir), NAME);
  if (fits(direct)) return direct;
  try {
    const pointer = join(dataDir, POINTER);
    const path = readFileSync(pointer, 'utf8').trim();
    // After a restart of the machine anybody may have made the temporary folder anew: only its owner's socket counts.
    return lstatSync(path).uid === statSync(pointer).uid ? path : null;
  } catch {
    return null;
  }
}

/**
 * Where a worker that starts now should listen. A long path is replaced by a fresh private folder under the system's temporary
 * one, named in the data folder: a name that others can guess would let them answer in the worker's place.
 */
export function makeSocketPath(dataDir: string): string {
  const direct = join(resolve(dataDir), NAME);
  if (fits(direct)) return direct;
  const earlier = findSocketPath(dataDir);
  if (earlier !== null) rmSync(dirname(earlier), { recursive: true, force: true });
  const path = join(mkdtempSync(join(tmpdir(), 'kosatsu-')), NAME);
  writeFileSync(join(dataDir, POINTER), `${path}\n`, { mode: 0o600 });
  return path;
}

/** Forgets the private folder, if there is one. */
export function dropSocketPath(dataDir: string, path: string): void {
  if (path === join(resolve(dataDir), NAME)) return;
  rmSync(join(dataDir, POINTER), { force: true });
  rmSync(dirname(path), { recursive: true, force: true });
}

function fits(path: string): boolean {
  return Buffer.byteLength(path) <= edgeLimits.socketPathMaxBytes;
}
