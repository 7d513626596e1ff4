import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { isIP, type Socket } from 'node:net';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/commands.ts';
import type { LoggedRequest } from '../../src/sandbox/request-log.ts';
import type { Ended } from '../smoke/running.ts';
import { World } from './world.ts';

/** What may ever leave for X, written down a second time: nothing here reads a mention, a message, a follower or a reply. */
const ALLOWED: readonly ((asked: LoggedRequest) => boolean)[] = [
  ({ method, path, body }) =>
    `${method} ${path}` === 'POST /2/tweets' && /^\{"text":"(?:[^"\\]|\\.)*"\}$/u.test(body ?? ''),
  ({ method, path }) => method === 'DELETE' && /^\/2\/tweets\/\d+$/u.test(path),
  ({ method, path }) => `${method} ${path}` === 'GET /2/users/me',
  ({ method, path, query }) =>
    method === 'GET' && /^\/2\/users\/\d+\/tweets$/u.test(path) && query['exclude'] === 'replies,retweets',
  ({ method, path }) => method === 'GET' && path === '/feed.xml',
];

/** Whatever reached the sandbox that is not on the list. */
async function strange(world: World): Promise<string[]> {
  const asked = (await world.requests()).filter((one) => !ALLOWED.some((fits) => fits(one)));
  return asked.map(({ method, path, query, body }) =>
    [method, path, JSON.stringify(query), body ?? ''].join(' '),
  );
}

/** The machines to which this process opened sockets since. */
function watchSockets(): () => string[] {
  const machines = new Set<string>();
  const onSocket = (message: unknown): void => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what Node publishes on this channel
    const { socket } = message as { socket: Socket };
    // The worker's own socket is a file.
    socket.on('connectionAttempt', (ip) => void (isIP(ip) === 0 || machines.add(ip)));
  };
  subscribe('net.client.socket', onSocket);
  onTestFinished(() => void unsubscribe('net.client.socket', onSocket));
  return () => [...machines];
}

const OWN = 'correct horse battery staple';
const URL_OF_PAGE = 'https://www.jpo.go.jp/news/koho/saigai/quake.html';
const DOUBTFUL = '被災した中小企業への補助金による支援について';
const WRONG = '令和8年駿河湾地震に伴う手続期間の延長について';
const CORRECTION = '先ほどの投稿は誤りでした。手続期間の延長はありません。お詫びして訂正します。';

/** A world in which a forced notice needs two people, and what was typed in it. */
class Office {
  readonly world: World;
  readonly typed = new Set<string>(['sandbox']);
  readonly tokens = new Map<string, string>();

  constructor(world: World) {
    this.world = world;
    const policy = readFileSync(join(world.config, 'policy.yaml'), 'utf8');
    world.write('config/policy.yaml', policy.replace(/forced: one/u, 'forced: two'));
  }

  /** Runs a command, in a person's name where one is given; `expected` are the exit codes that are right. */
  async run(expected: number, words: readonly string[], by?: string, input = ''): Promise<Ended> {
    this.typed.add(words[0] ?? '');
    const whose = by === undefined ? [] : ['--by', by, '--reason', 'as practised'];
    const token = this.tokens.get(by ?? '');
    const env: Record<string, string> = token === undefined ? {} : { KOSATSU_TOKEN: token };
    const ended = await this.world.run([...words, ...whose], { input, env });
    expect({ words, code: ended.code, err: ended.code === expected ? '' : ended.err }).toEqual({
      words,
      code: expected,
      err: '',
    });
    return ended;
  }

  async once(): Promise<void> {
    this.typed.add('run');
    expect((await this.world.once()).code).toBe(0);
  }

  /** Registers a person, who sets a password and makes a token. */
  async register(name: string, role: string): Promise<void> {
    const added = await this.run(0, ['operator', 'add', '--operator', name, '--role', role], 'administrator');
    await this.settle(name, added.out);
  }

  async settle(name: string, shown: string): Promise<void> {
    const first = /[\da-f]{5}(?:-[\da-f]{5}){3}/u.exec(shown)?.[0] ?? '';
    await this.run(0, ['operator', 'password', '--operator', name], undefined, `${first}\n${OWN}\n${OWN}\n`);
    const made = await this.run(
      0,
      ['operator', 'token', '--operator', name, '--label', 'desk'],
      undefined,
      `${OWN}\n`,
    );
    this.tokens.set(name, made.out.trim());
  }

  async idOf(state: string): Promise<string> {
    return (await this.world.posts()).find((post) => post.state === state)?.id ?? '';
  }
}

test('two operators go through every command, from urgent to withdraw, and nothing but the five requests leaves', async (context) => {
  const world = await World.open(context);
  const machines = watchSockets();
  const office = new Office(world);
  await world.feed([{ title: DOUBTFUL, url: 'https://www.jpo.go.jp/news/a.html' }]);
  const first = await world.once();
  await office.settle('administrator', first.err);
  await office.register('sato', 'approver');
  await office.register('kato', 'approver');

  const notice = ['urgent', '--text', WRONG, '--url', URL_OF_PAGE, '--yes'];
  await office.run(3, notice, 'sato');
  const wrong = (await world.posts()).find(({ text }) => text.includes(WRONG))?.id ?? '';
  await office.run(3, ['approve', wrong], 'sato');
  await office.run(0, ['approve', wrong], 'kato');
  await office.once();
  expect((await world.timeline()).map(({ text }) => text)).toEqual([expect.stringContaining(WRONG)]);
  await office.run(3, ['withdraw', wrong, '--correction', CORRECTION, '--yes'], 'kato');
  const correction = (await world.posts()).find(({ text }) => text.includes(CORRECTION))?.id ?? '';
  await office.run(3, ['approve', correction], 'kato');
  await office.run(0, ['approve', correction], 'sato');
  await office.once();
  expect((await world.timeline()).map(({ text }) => text)).toEqual([expect.stringContaining(CORRECTION)]);

  await office.run(0, ['edit', await office.idOf('held'), '--text', '被災した方への支援について'], 'sato');
  await office.run(3, ['hold', await office.idOf('held')], 'sato');
  await office.run(3, ['retry', await office.idOf('held')], 'sato');
  await office.run(0, ['known', await office.idOf('held')], 'sato');
  await office.run(3, ['cancel', wrong], 'kato');
  await office.run(3, ['resolve', wrong, '--not-published'], 'kato');
  await office.run(2, ['review', wrong], 'kato');
  await office.run(0, ['pause'], 'kato');
  await office.run(0, ['resume'], 'kato');
  await office.run(0, ['quarantine']);
  await office.run(0, ['preview', '--feed', world.feedUrl]);
  for (const look of ['posts', 'status', 'policy']) await office.run(0, [look]);
  await office.run(0, ['explain', WRONG]);
  await office.run(0, ['doctor', '--feed', world.feedUrl]);
  await office.run(0, ['drill', '--yes'], 'sato');
  await office.run(0, ['privacy', 'export', '--operator', 'sato'], 'administrator');
  await office.run(0, ['audit', 'export'], 'administrator');
  const file = join(world.dir, 'copy');
  await office.run(0, ['backup', file], 'administrator');
  await office.run(0, ['restore', file], 'administrator');
  await office.run(0, ['audit', 'verify']);

  expect(
    COMMAND_NAMES.filter((name) => !office.typed.has(name)),
    'commands that were not tried',
  ).toEqual([]);
  expect(await strange(world)).toEqual([]);
  expect(machines().filter((ip) => ip !== '127.0.0.1' && ip !== '::1')).toEqual([]);
}, 120_000);

const words = fc.constantFrom(
  '@jpo_NIPPON',
  'https://x.com/i/status/1',
  '返信',
  'DM',
  '#災害',
  '延長',
  'のお知らせ',
  '訂正',
);
const title = fc
  .array(fc.oneof(words, fc.string({ unit: 'grapheme', maxLength: 8 })), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(' '));
const link = fc.oneof(
  fc.constantFrom('https://x.com/jpo_NIPPON/with_replies', 'https://api.x.com/2/dm_events'),
  fc.nat(999).map((n) => `https://www.jpo.go.jp/news/${String(n)}.html`),
);

test('whatever a feed says, nothing but the five requests leaves', async (context) => {
  const world = await World.open(context);
  const machines = watchSockets();
  const items = fc.array(fc.record({ title, url: link }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(items, async (offered) => {
      await world.feed(offered);
      await world.once();
      expect(await strange(world)).toEqual([]);
    }),
    { numRuns: process.env['KOSATSU_THOROUGH'] === '1' ? 200 : 12 },
  );
  expect((await world.calls()).length, 'the account was asked at all').toBeGreaterThan(0);
  expect(machines().filter((ip) => ip !== '127.0.0.1' && ip !== '::1')).toEqual([]);
}, 600_000);
