import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres } from '../adapters/postgres/server.ts';
import { World, linesOf, ordinary, type PostLine } from './world.ts';

let server: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(async () => server.stop());

describe('with DATABASE_URL', () => {
  test('two data folders share one outbox: what one posted the other knows and does not post', async (context) => {
    const world = await World.open(context);
    const item = ordinary();
    await world.feed([item]);
    const options = { env: { DATABASE_URL: server.url } };
    const first = ['run', '--once', '--feed', world.feedUrl, '--first-run', 'publish'];
    expect((await world.run(first, options)).code).toBe(0);
    const other = ['--data', `${world.dir}/other`];
    expect((await world.run([...first, ...other], options)).code).toBe(0);
    expect(await world.postRequests()).toBe(1);
    const lines = linesOf<PostLine>(await world.run(['posts', '--json', ...other], options));
    expect(lines.map(({ state, url }) => ({ state, url }))).toEqual([{ state: 'published', url: item.url }]);
  });

  test('a second worker on the same database is refused, whatever its data folder', async (context) => {
    const world = await World.open(context);
    const options = { env: { DATABASE_URL: server.url } };
    const running = world.begin(['run', '--port', '0', '--feed', world.feedUrl], options);
    await running.shows(/Status page/u);
    const second = ['run', '--port', '0', '--feed', world.feedUrl, '--data', `${world.dir}/other`];
    expect((await world.run(second, options)).code).toBe(2);
  });
});
