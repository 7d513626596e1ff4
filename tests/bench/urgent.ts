import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIG, feedOf, spawned, start } from '../smoke/kosatsu.ts';
import { compare, type Measured } from './measure.ts';

/** The day's budget bounds the rounds. */
const ROUNDS = { warm: 2, counted: 11 };

/** An urgent notice from the shell to X's answer, through a running worker and the sandbox, beside a Node that does nothing. */
export async function measureUrgent(): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'kosatsu-bench-'));
  const feed = join(dir, 'feed.xml');
  writeFileSync(feed, feedOf([]));
  const folders = ['--config', CONFIG, '--data', join(dir, 'data')];
  const worker = start(['run', '--port', '0', '--feed', feed, ...folders]);
  try {
    await worker.shows(/Status page/u);
    const ours = async (round: number): Promise<void> => {
      const text = `令和8年遠州地震により影響を受けた手続の取扱いについて（第${round + 1}報）`;
      const url = `https://www.jpo.go.jp/news/koho/saigai/${round}.html`;
      const { code, err } = await spawned([
        'urgent',
        '--yes',
        '--by',
        'bench',
        '--text',
        text,
        '--url',
        url,
        ...folders,
      ]);
      if (code !== 0) throw new Error(`urgent ended with ${code}: ${err}`);
    };
    return await compare('urgent notice, shell to X’s answer / node -e 0', { ours, bare: bareNode }, ROUNDS);
  } finally {
    worker.child.kill('SIGTERM');
    await worker.ended;
    rmSync(dir, { recursive: true, force: true });
  }
}

function bareNode(): Promise<void> {
  return new Promise((resolve) => {
    spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }).on('close', () => resolve());
  });
}
