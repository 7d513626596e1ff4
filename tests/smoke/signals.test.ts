import { afterEach, beforeEach, expect, test } from 'vitest';
import { join } from 'node:path';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/account.ts';
import { CONFIG, Workplace, feedOf, kosatsu, type Running } from './kosatsu.ts';

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
): Promise<{ worker: Running; api: string; env: Record<string, string> }> {
  const sandbox = place.start(['sandbox', '--port', '0', '--data', join(place.dir, 'x')]);
  const [, api = ''] = await sandbox.shows(/X_API_URL\): (\S+)/u);
  const fault = { fault: 'delay', ms: delayMs, when: 'before', on: 'post' };
  await fetch(`${api}/sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(fault),
    headers: { 'content-type': 'application/json' },
  });
  const { apiKey, apiSecret, accessToken, accessSecret } = SANDBOX_CREDENTIALS;
  const env = {
    X_API_URL: api,
    X_API_KEY: apiKey,
    X_API_SECRET: apiSecret,
    X_ACCESS_TOKEN: accessToken,
    X_ACCESS_SECRET: accessSecret,
  };
  const feed = place.write('feed.xml', feedOf([ITEM]));
  const words = ['run', '--config', CONFIG, '--data', place.data, '--feed', feed, '--first-run', 'publish'];
  return { worker: place.start(words, { env: { ...env, ...extra } }), api, env };
}

/** Resolves when X has received a POST. */
async function postIsUnderWay(api: string): Promise<void> {
  const posts = async (): Promise<number> => {
    const requests = (await (await fetch(`${api}/sandbox/requests`)).json()) as {
      method: string;
      path: string;
    }[];
    return requests.filter((request) => request.method === 'POST' && request.path === '/2/tweets').length;
  };
  await expect.poll(posts, { timeout: 20_000, interval: 50 }).toBe(1);
}

async function states(env: Record<string, string>): Promise<string[]> {
  const { out } = await kosatsu(['posts', '--json', '--config', CONFIG, '--data', place.data], {
    cwd: place.dir,
    env,
  });
  return out
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { state: string }).state);
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s during a post lets it finish and leaves nothing half-done',
  async (signal) => {
    const { worker, api, env } = await workerAtASlowX(1_500);
    const posting = postIsUnderWay(api);
    // The request is logged when it is answered, so the signal is sent while the sandbox still waits.
    await expect
      .poll(async () => (await states(env)).includes('attempting'), { timeout: 20_000, interval: 50 })
      .toBe(true);
    worker.child.kill(signal);
    expect(await worker.ended).toMatchObject({ code: 0, signal: null });
    await posting;
    expect(await states(env)).toEqual(['published']);
  },
  60_000,
);

test('a second signal ends at once, and the post in flight becomes a question, not a second post', async () => {
  const { worker, env } = await workerAtASlowX(12_000);
  await expect
    .poll(async () => (await states(env)).includes('attempting'), { timeout: 20_000, interval: 50 })
    .toBe(true);
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
