import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { World, eventually, ordinary, relief } from './world.ts';

describe.concurrent('the worker', { timeout: 120_000 }, () => {
  test('posts main and urgent items as they appear, and ends with 0 on SIGTERM', async (context) => {
    const world = await World.open(context);
    const [main, urgent] = [ordinary(), relief()];
    await world.feed([main, urgent]);
    const worker = await world.workerProcess();
    await eventually('both are out', async () => (await world.timeline()).length === 2);
    const status = await world.status();
    expect(status).toMatchObject({ worker: { running: true }, account: 'kosatsu_sandbox', mode: 'sandbox' });
    expect(status.queue.published).toBe(2);
    const page = await (await fetch(`${status.consoleUrl ?? ''}feed.json`)).text();
    expect(page).toContain(main.title);
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toMatchObject({ code: 0, signal: null });
    expect(await world.run(['run', '--once', '--feed', world.feedUrl])).toMatchObject({ code: 0 });
    expect(await world.postRequests()).toBe(2);
  });

  test('told to stop while X takes its time, waits for the answer: nothing is left half-done', async (context) => {
    const world = await World.open(context);
    const [first, second] = [ordinary(), ordinary()];
    await world.feed([first]);
    await world.fault({ fault: 'delay', ms: 2_500 });
    const worker = await world.workerProcess();
    await eventually('X has the post', async () => (await world.timeline()).length === 1);
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toMatchObject({ code: 0, signal: null });
    expect(await world.posts()).toMatchObject([{ state: 'published', attempts: 1 }]);
    await world.feed([first, second]);
    expect((await world.once()).code).toBe(0);
    expect(await world.timeline()).toHaveLength(2);
    expect(await world.postRequests()).toBe(2);
  });

  test('killed between X’s yes and hearing it, finds its post at the next start and does not repeat it', async (context) => {
    const world = await World.open(context);
    await world.feed([ordinary()]);
    await world.fault({ fault: 'delay', ms: 4_000 });
    const worker = await world.workerProcess();
    await eventually('X has the post', async () => (await world.timeline()).length === 1);
    worker.child.kill('SIGKILL');
    await worker.ended;
    expect((await world.posts())[0]?.state).toBe('attempting');
    await world.worker();
    await eventually('it is settled', async () => (await world.posts())[0]?.state === 'published');
    expect((await world.posts())[0]?.remoteId).toBe((await world.timeline())[0]?.id);
    expect(await world.postRequests()).toBe(1);
  });

  test('a second one on the same data folder is exit 2 and says who is at work', async (context) => {
    const world = await World.open(context);
    await world.worker();
    for (const words of [
      ['run', '--port', '0'],
      ['run', '--once'],
    ]) {
      const { code, err } = await world.run([...words, '--feed', world.feedUrl]);
      expect([words, code]).toEqual([words, 2]);
      expect(err).toMatch(/Another process \(worker\)/u);
    }
    expect((await world.status()).worker.running).toBe(true);
  });

  test('a port that was asked for and is taken is exit 2; the default one gives way', async (context) => {
    const world = await World.open(context);
    const other = createServer();
    await new Promise<void>((listening) => {
      other.listen(0, '127.0.0.1', () => listening());
    });
    context.onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    for (const words of [
      ['run', '--feed', world.feedUrl, '--port', port],
      ['sandbox', '--port', port],
    ]) {
      const { code, err } = await world.run(words);
      expect([words[0], code]).toEqual([words[0], 2]);
      expect(err).toContain(port);
    }
    const first = world.begin(['run', '--feed', world.feedUrl]);
    const [, page] = await first.shows(/Status page: http:\/\/127\.0\.0\.1:(\d+)/u);
    const elsewhere = world.begin(['run', '--feed', world.feedUrl, '--data', `${world.dir}/other`]);
    const [, second] = await elsewhere.shows(/Status page: http:\/\/127\.0\.0\.1:(\d+)/u);
    // Not the next one in every case: a default port that was taken at the first start may be free again.
    expect(second).not.toBe(page);
  });

  test('the socket that a killed worker left is replaced', async (context) => {
    const world = await World.open(context);
    const dead = await world.workerProcess();
    dead.child.kill('SIGKILL');
    await dead.ended;
    // The next one has its pages behind a proxy, and names them as people reach them.
    const channels = readFileSync(join(world.config, 'channels.yaml'), 'utf8');
    world.write('config/channels.yaml', `${channels}console: { origin: https://kosatsu.example.go.jp }\n`);
    const worker = await world.worker();
    expect(worker.out()).toContain('Status page: https://kosatsu.example.go.jp/\n');
    expect((await world.status()).consoleUrl).toBe('https://kosatsu.example.go.jp/');
    expect(worker.err()).not.toMatch(/can’t reach this worker/u);
    const { code } = await world.run(['urgent', '--text', '停電に伴う手続の取扱いについて', '--yes']);
    expect([0, 3]).toContain(code);
    expect((await world.posts())[0]?.by).toBeDefined();
  });

  test('credentials that X refuses stop the queue: entries stay, status and doctor say so, resume lets them out', async (context) => {
    const world = await World.open(context);
    await world.fault({ fault: 'unauthorized', on: 'any', count: 0 });
    await world.feed([ordinary(), relief()]);
    const worker = await world.worker();
    const waiting = await eventually('both wait', async () => {
      const posts = await world.posts();
      return posts.length === 2 && posts.every(({ state }) => state === 'queued');
    });
    expect(waiting).toBe(true);
    await eventually('the account waits', async () => (await world.status()).stops.length === 1);
    const status = await world.run(['status']);
    expect(status.out).toMatch(/refuse|credential|401/iu);
    const doctor = await world.run(['doctor', '--feed', world.feedUrl]);
    expect(doctor.code).toBe(1);
    expect(doctor.out).toMatch(/\[.*\] credentials: .*\n/u);
    expect(await world.timeline()).toEqual([]);
    await world.clearFaults();
    expect((await world.run(['resume', '--by', 'ito', '--reason', 'new keys'])).code).toBe(0);
    await eventually('both are out', async () => (await world.timeline()).length === 2);
    const healthy = await world.run(['doctor', '--feed', world.feedUrl]);
    expect([healthy.code, healthy.out]).toEqual([0, expect.stringMatching(/@kosatsu_sandbox/u)]);
    worker.stop();
    expect((await worker.ended).code).toBe(0);
  });

  test('the log holds no secret', async (context) => {
    const world = await World.open(context);
    await world.feed([ordinary()]);
    const { err } = await world.run(['run', '--once', '--first-run', 'publish', '--feed', world.feedUrl], {
      env: { LOG_LEVEL: 'trace' },
    });
    expect(err).not.toMatch(/sandbox-api-secret|sandbox-access-secret|oauth_signature/u);
  });
});
