import { statfsSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { HOW_TO_GET_CHROMIUM, hasChromium } from './tests/console/browser/chromium-path.ts';

// Minutes of waiting, of real processes and of a browser. The parts that they put together have tests of their own in the short run,
// which must stay under three minutes on two cores.
const LONG = [
  'tests/console/browser/**',
  'tests/kill/freeze.test.ts',
  'tests/kill/full-disk.test.ts',
  'tests/adapters/postgres/cut-network.test.ts',
  'tests/app/forced-wire.test.ts',
  'tests/cli/backup-restore.test.ts',
  'tests/cli/withdraw-resolve.test.ts',
  'tests/pipeline/shared-database.test.ts',
  'tests/smoke/commands.test.ts',
  'tests/smoke/launcher.test.ts',
  'tests/smoke/slow-reader.test.ts',
];
const isShort = process.env['KOSATSU_THOROUGH'] !== '1';
if (isShort) console.warn(`Left to the long run (KOSATSU_THOROUGH=1): ${LONG.join(', ')}`);

// A machine may have no browser: the long run says what it leaves out. In CI nothing is left out, so that those tests fail without one.
const leavesOutBrowser = !isShort && process.env['CI'] !== 'true' && !hasChromium();
if (leavesOutBrowser) console.warn(`Left out: tests/console/browser, because ${HOW_TO_GET_CHROMIUM}`);

/**
 * The files that take longest begin first, so that none of them is left alone at the end: those that start processes of the program or
 * a browser, then the larger. In the long run these would all begin together, and take each other's time: there only the 200 kills do.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      FIRST.findIndex((place) => moduleId.includes(`/tests/${place}`));
    const bySize = await super.sort(files);
    return bySize.toSorted((a, b) => order(rank(a)) - order(rank(b)));
  }
}
const FIRST = isShort
  ? ['kill/', 'console/browser/', 'smoke/', 'simulation/', 'pipeline/', 'cli/', 'contracts/', 'adapters/']
  : ['kill/kill.test'];
const order = (rank: number): number => (rank === -1 ? FIRST.length : rank);

// Stores under test ask for durability at every commit, which on a slow disk takes most of the time. Where there is a folder in memory
// with room, temporary folders are made there: what a disk does at a commit is SQLite's promise, not that of these tests.
const inMemory = '/dev/shm';
const ROOM_BYTES = 2 ** 30;

function temporaryFolders(): Record<string, string> {
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    return bavail * bsize > ROOM_BYTES ? { TMPDIR: inMemory } : {};
  } catch {
    return {};
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [
      ...configDefaults.exclude,
      ...(leavesOutBrowser ? ['tests/console/browser/**'] : []),
      ...(isShort ? LONG : []),
    ],
    sequence: { sequencer: LongestFirst },
    // Several suites start real processes; a shared two-core machine makes them slow, not wrong.
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // Many suites wait for processes of the program rather than work themselves: more workers than a small machine has cores.
    maxWorkers: isShort ? 4 : 3,
    // The modules are loaded once a worker instead of once a file: a third of all the time.
    isolate: false,
    env: temporaryFolders(),
    allowOnly: false,
  },
});
