import { afterEach, beforeEach, expect, test } from 'vitest';
import { kosatsu } from './in-process.ts';
import {
  CONFIG,
  Workplace,
  fault,
  feedOf,
  postLines,
  sandboxEnv,
  timeline,
  type Spawned,
} from './kosatsu.ts';

const ITEM = { title: '「意匠審査基準」を改訂しました', url: 'https://www.jpo.go.jp/design.html' };

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.close());

/** A worker that posts one item to a sandbox which first waits so long. */
async function workerAtASlowX(
  delayMs: number,
  extra: Record<string, string> = {},
): Promise<{ worker: Spawned; api: string; env: Record<string, string> }> {
  const api = await place.sandbox();
  await fault(api, { fault: 'delay', ms: delayMs, when: 'before', on: 'post' });
  const env = sandboxEnv(api);
  const feed = place.write('feed.xml', feedOf([ITEM]));
  const words = ['run', '--config', CONFIG, '--data', place.data, '--feed', feed, '--first-run', 'publish'];
  return { worker: place.start(words, { env: { ...env, ...extra } }), api, env };
}

/** Waits until the POST has reached the sandbox, which holds back its answer. */
async function postIsAt(api: string): Promise<void> {
  const arrived = async (): Promise<boolean> =>
    (await (await fetch(`${api}/sandbox/requests`)).text()).includes('"path":"/2/tweets"');
  await expect.poll(arrived, { timeout: 40_000, interval: 50 }).toBe(true);
}

async function states(env: Record<string, string>): Promise<string[]> {
  const { out } = await kosatsu(['posts', '--json', '--config', CONFIG, '--data', place.data], {
    cwd: place.dir,
    env,
  });
  return postLines(out).map((post) => post.state);
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s during a post lets it finish and leaves nothing half-done',
  async (signal) => {
    const { worker, api, env } = await workerAtASlowX(1_500);
    await postIsAt(api);
    worker.child.kill(signal);
    expect(await worker.ended).toMatchObject({ code: 0, signal: null });
    expect(await states(env)).toEqual(['published']);
    expect(await timeline(api)).toHaveLength(1);
  },
  60_000,
);

test('a second signal ends at once, and the post in flight becomes a question, not a second post', async () => {
  const { worker, api, env } = await workerAtASlowX(12_000);
  await postIsAt(api);
  worker.child.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 800));
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toMatchObject({ code: 143 });
  expect(await states(env)).toEqual(['attempting']);
}, 60_000);

/** Throws outside every promise, as a library's callback may, so many times. */
function throwing(times: number): Record<string, string> {
  const script = `if (process.argv.includes('run')) {
    let left = ${times};
    const timer = setInterval(() => { if (left-- <= 0) clearInterval(timer); else throw new Error('stray of a library'); }, 20);
    setTimeout(() => {}, 1);
  }`;
  return { NODE_OPTIONS: `--require=${place.write('stray.cjs', script)}` };
}

test('an exception that nothing caught is said, and the worker goes on', async () => {
  const { worker, env } = await workerAtASlowX(0, throwing(3));
  await worker.shows(/Posted: /u);
  await expect
    .poll(() => worker.err().split('stray of a library').length, { timeout: 10_000 })
    .toBeGreaterThan(3);
  expect(await states(env)).toEqual(['published']);
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toMatchObject({ code: 0 });
}, 60_000);

test('exceptions without end close the worker cleanly with 1', async () => {
  const { worker } = await workerAtASlowX(0, throwing(1_000));
  const { code, err } = await worker.ended;
  expect(code).toBe(1);
  expect(err).toContain('Too much inside fails');
}, 60_000);
