import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmdirSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of a few megabytes that a test can fill under a running program. */
export type SmallDisk = {
  /** `mounted`: a real disk. `limited`: the system lets the process write no file further; giving up the ballast cannot help then. */
  kind: 'mounted' | 'limited';
  /** The data folder on it; null where any folder will do. */
  folder: string | null;
  /** Uses up all the room that is left for the process. */
  fill(pid: number | undefined): void;
  /** Gives the room back. */
  drain(pid: number | undefined): void;
  close(): void;
};

/** As root a disk in memory is mounted. Nobody else may mount one, so a limit on the size of files stands in for it. */
export function smallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'kosatsu-d-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  if (mounted.status === 0) return mountedAt(folder);
  rmdirSync(folder);
  return {
    kind: 'limited',
    folder: null,
    fill: (pid) => limitFiles(pid, '4096'),
    drain: (pid) => limitFiles(pid, 'unlimited'),
    close: () => {},
  };
}

function mountedAt(folder: string): SmallDisk {
  const filler = join(folder, 'filler');
  mkdirSync(join(folder, 'data'));
  return {
    kind: 'mounted',
    folder: join(folder, 'data'),
    fill: () => {
      const file = openSync(filler, 'a');
      for (const size of [65_536, 4_096]) {
        const piece = Buffer.alloc(size, 1);
        while (roomOn(folder) >= size) writeSync(file, piece);
      }
      closeSync(file);
    },
    drain: () => rmSync(filler, { force: true }),
    close: () => {
      spawnSync('umount', ['-l', folder]);
      rmdirSync(folder);
    },
  };
}

function roomOn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Only the soft limit, which its owner may lift again. */
function limitFiles(pid: number | undefined, bytes: string): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
  if (status !== 0) throw new Error(`prlimit: ${stderr.toString()}`);
}
