import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A data folder of the test's own, not yet made; removed when the test ends. */
export async function aDataDir(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'kosatsu-store-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  return join(parent, 'data');
}
