import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Tables } from '../../src/adapters/memory/tables.ts';
import type { Edges, OpenedApp } from '../../src/cli/command.ts';
import { aFakeApp, aRealEntry, type FakeApp } from '../app/fake-app.ts';
import { edgesWith, typed, type Ran } from './command-line.ts';

const OWN_PASSWORD = 'correct horse battery staple';
const folder = mkdtempSync(join(tmpdir(), 'kosatsu-governance-'));

/** Who had the records set back, and why. */
const restored: string[] = [];

function edgesOf(app: FakeApp): Edges {
  const opened: OpenedApp = { ...app, sandbox: null, [Symbol.asyncDispose]: async () => {} };
  return edgesWith({
    loadConfig: async () => ({ kind: 'ok', config: app.config }),
    assemble: async (_, needs) =>
      needs.drill === true ? { ...opened, scope: { ...app.scope, mode: 'drill' } } : opened,
    openBackups: async () => ({
      present: async () => 'sound',
      backup: async () => ({ kind: 'backed-up', bytes: 1 }),
      restore: async (_, { by, reason }) => {
        restored.push(`${by}: ${String(reason)}`);
        return { kind: 'restored', entries: 1, kept: null };
      },
    }),
  });
}

/** Runs a command on the app; `answers` are what is typed, `token` what the environment holds. */
function run(app: FakeApp, line: string, given: { answers?: string[]; token?: string } = {}): Promise<Ran> {
  return typed(line.split(' '), {
    edges: edgesOf(app),
    answers: given.answers ?? [],
    env: { LOGNAME: 'somebody', ...(given.token === undefined ? {} : { KOSATSU_TOKEN: given.token }) },
    cwd: folder,
  });
}

function passwordIn({ out, err }: Ran): string {
  return /[0-9a-f]{5}(?:-[0-9a-f]{5}){3}/u.exec(`${out}\n${err}`)?.[0] ?? '';
}

/** An installation in which sato, an approver, and the administrator have tokens. Made once: passwords are slow by intent. */
let office: { tables: Tables; sato: string; root: string };

beforeAll(async () => {
  const app = aFakeApp();
  const token = async (name: string, password: string): Promise<string> => {
    const answers = [password, OWN_PASSWORD, OWN_PASSWORD];
    expect(await run(app, `operator password --operator ${name}`, { answers })).toMatchObject({ code: 0 });
    const made = await run(app, `operator token --operator ${name} --label desk`, {
      answers: [OWN_PASSWORD],
    });
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^kosatsu_[0-9a-f]{64}$/u) });
    return made.out;
  };
  const { ensureAdministrator } = await import('../../src/app/operators.ts');
  await ensureAdministrator(app);
  const added = await run(app, 'operator add --operator sato --role approver');
  if (!added.err.includes('From now on every act needs')) throw new Error('nobody was told of the change');
  const sato = await token('sato', passwordIn({ ...added, err: '' }));
  const root = await token('administrator', passwordIn({ ...added, out: '' }));
  office = { tables: app.store.snapshot(), sato, root };
}, 60_000);

async function governed(): Promise<FakeApp> {
  const app = aFakeApp();
  app.store.restore(office.tables);
  await app.store.recordEntry(aRealEntry({ state: 'held', heldSince: app.clock.now() }));
  return app;
}

test('approve by any name works while nobody was registered', async () => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry({ state: 'held', heldSince: app.clock.now() }));
  expect(await run(app, 'approve e1 --by 佐藤 --reason 確認')).toMatchObject({ code: 0 });
  expect(await app.store.find('e1')).toMatchObject({ state: 'queued', by: '佐藤' });
});

test.each([
  [{ LOGNAME: 'sato' }, 'sato'],
  [{ LOGNAME: 'sato', SUDO_USER: 'mori' }, 'sato'],
  [{ LOGNAME: 'kosatsu', SUDO_USER: 'mori' }, 'mori'],
  [{ LOGNAME: 'Kosatsu', SUDO_USER: 'kosatsu' }, 'operator'],
  [{ LOGNAME: '', USER: 'mori' }, 'operator'],
])('who runs it as %o approves as %s, never as the program', async (env, by) => {
  const app = aFakeApp();
  await app.store.recordEntry(aRealEntry({ state: 'held', heldSince: app.clock.now() }));
  const words = ['approve', 'e1', '--reason', '確認'];
  expect(await typed(words, { edges: edgesOf(app), env, cwd: folder })).toMatchObject({ code: 0 });
  expect(await app.store.find('e1')).toMatchObject({ state: 'queued', by });
});

test('who is registered before the first run is not alone: an administrator is made, and the password shown', async () => {
  const app = aFakeApp();
  const added = await run(app, 'operator add --operator sato --role approver');
  expect(added).toMatchObject({ code: 0 });
  const people = (await app.governance.operators()).map(({ name, roles }) => [name, roles]);
  expect(people).toEqual([
    ['administrator', ['administrator']],
    ['sato', ['approver']],
  ]);
  const answers = [passwordIn({ ...added, out: '' }), OWN_PASSWORD, OWN_PASSWORD];
  expect(await run(app, 'operator password --operator administrator', { answers })).toMatchObject({
    code: 0,
  });
});

test('once somebody is registered, an act needs the name and its token; refused acts change nothing', async () => {
  const app = await governed();
  const tries: readonly (readonly [line: string, token?: string])[] = [
    ['approve e1 --reason x'],
    ['approve e1 --by sato --reason x'],
    ['approve e1 --by sato --reason x', office.root],
    ['approve e1 --by administrator --reason x', office.root],
    ['hold e1 --by sato', 'kosatsu_wrong'],
    ['pause --by sato --reason x'],
    ['resume --by sato --reason x'],
    ['resolve e1 --not-published --by sato --reason x'],
    ['withdraw e1 --by sato --reason x --yes'],
    ['review e1 --by sato --reason x'],
    ['operator add --operator kato --role viewer --by sato', office.sato],
    ['operator disable --operator sato --by sato', office.sato],
    ['audit export --by sato'],
    ['privacy erase --operator sato --by sato', office.sato],
    ['drill --by sato --yes'],
    ['drill --by administrator --yes', office.root],
    ['backup copy --by administrator'],
    ['backup copy --by sato', office.sato],
    ['restore copy --by sato', office.sato],
  ];
  for (const [line, token] of tries)
    expect(await run(app, line, token === undefined ? {} : { token }), line).toMatchObject({
      code: 3,
      out: '',
    });
  expect(await app.store.find('e1')).toMatchObject({ state: 'held', revision: 1 });
  expect(await app.store.stops(app.scope)).toEqual([]);
  expect(await app.governance.operators()).toHaveLength(2);
  expect(restored).toEqual([]);
  const records = await app.governance.auditRecords(0, 1_000);
  expect(records.filter(({ body }) => body.includes('"act":"refused"'))).toHaveLength(tries.length);
});

test('with the token in a file or in the environment it is done', async () => {
  const app = await governed();
  writeFileSync(join(folder, 'token'), `${office.sato}\n`, { mode: 0o600 });
  expect(await run(app, 'approve e1 --by sato --reason 確認 --token-file token')).toMatchObject({ code: 0 });
  expect(await run(app, 'pause --by sato --reason x', { token: office.sato })).toMatchObject({ code: 0 });
  expect(await run(app, 'pause --by sato --token-file nowhere')).toMatchObject({ code: 2 });
});

test('the administrator backs up and restores, and the log says who has a copy', async () => {
  const app = await governed();
  const token = office.root;
  const by = '--by administrator --reason monthly';
  expect(await run(app, `backup copy ${by}`, { token })).toMatchObject({ code: 0 });
  const last = (await app.governance.auditRecords(0, 1_000)).at(-1);
  expect(last?.body).toMatch(/"act":"store.backed-up".*"reason":"monthly"/u);
  expect(await run(app, `restore copy ${by}`, { token })).toMatchObject({ code: 0 });
  expect(restored.splice(0)).toEqual(['administrator: monthly']);
});

test('the list of operators shows people and tokens, never what opens a door', async () => {
  const app = await governed();
  for (const line of ['operator list', 'operator list --json']) {
    const listed = await run(app, line);
    expect(listed).toMatchObject({ code: 0, out: expect.stringContaining('sato') });
    expect(listed.out).toContain('desk');
    expect(listed.out).not.toMatch(/argon2|[0-9a-f]{64}/u);
  }
});

test('the log is proved, and a broken one ends with 1 and says where', async () => {
  const app = await governed();
  const sound = await run(app, 'audit verify');
  expect(sound).toMatchObject({ code: 0, out: expect.stringMatching(/\d+:[0-9a-f]{64}$/u) });
  const head = /\d+:[0-9a-f]{64}$/u.exec(sound.out)?.[0] ?? '';
  expect(await run(app, `audit verify --anchor ${head}`)).toMatchObject({ code: 0 });
  expect(await run(app, `audit verify --anchor 1:${'0'.repeat(64)}`)).toMatchObject({ code: 1 });
  expect(await run(app, 'audit verify --anchor 1:x')).toMatchObject({ code: 2 });
  const { audit } = app.store.peek();
  const third = audit.records[2];
  if (third === undefined) return expect.fail('too short a log');
  audit.records = audit.records.with(2, { ...third, body: third.body.replace('operator', 'nothing!') });
  expect(await run(app, 'audit verify')).toMatchObject({ code: 1, out: expect.stringContaining('Record 3') });
});

test('an export is a table that no spreadsheet takes for a formula, with names, within the days asked for', async () => {
  const app = await governed();
  const token = office.root;
  await app.store.recordEntry(aRealEntry({ id: 'e2', note: '=HYPERLINK("https://example.com")' }));
  const csv = await run(app, 'audit export --format csv --by administrator', { token });
  expect(csv.out.startsWith('\uFEFF"number"')).toBe(true);
  expect(csv.out).toContain(`"'=HYPERLINK(""https://example.com"")"`);
  expect(csv.out).not.toMatch(/(?:^|,)"[=+@-]/mu);
  const jsonl = await run(app, 'audit export --by administrator', { token });
  const lines = jsonl.out.split('\n').map((line): unknown => JSON.parse(line));
  expect(lines.length).toBeGreaterThan(5);
  expect(lines).toContainEqual(
    expect.objectContaining({ act: 'entry.record', subject: 'e2', actorName: 'kosatsu' }),
  );
  const none = await run(app, 'audit export --from 2020-01-01 --to 2020-12-31 --by administrator', { token });
  expect(none).toMatchObject({ code: 0, out: '' });
  expect(await run(app, 'audit export --from yesterday --by administrator', { token })).toMatchObject({
    code: 2,
  });
});

test('a person’s data are disclosed, and erased once they are disabled', async () => {
  const app = await governed();
  const token = office.root;
  const shown = await run(app, 'privacy export --operator sato --by administrator', { token });
  expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('"approver"') });
  expect(shown.out).not.toContain('argon2');
  const erase = 'privacy erase --operator sato --by administrator';
  expect(await run(app, erase, { token })).toMatchObject({ code: 3 });
  expect(await run(app, 'operator disable --operator sato --by administrator', { token })).toMatchObject({
    code: 0,
  });
  expect(await run(app, erase, { token })).toMatchObject({ code: 0 });
  expect(await run(app, erase, { token })).toMatchObject({ code: 2 });
  expect(await run(app, 'audit verify')).toMatchObject({ code: 0 });
});

test('the policy is printed in both languages, and as a page', async () => {
  const app = aFakeApp();
  expect((await run(app, 'policy --lang ja')).out).toContain('運用方針');
  expect((await run(app, 'policy')).out).toContain('opinion box');
  expect(await run(app, 'policy --html page.html')).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, 'page.html'), 'utf8')).toMatch(
    /<section lang="ja">[\s\S]*<section lang="en">/u,
  );
});

test.each([
  'operator',
  'operator frob',
  'operator add',
  'operator add --operator x --role king',
  'privacy export',
  'audit',
])('a slip does nothing and ends with 2: %s', async (line) => {
  const app = aFakeApp();
  expect(await run(app, line)).toMatchObject({ code: 2, out: '' });
  expect(await app.governance.operators()).toEqual([]);
});

test('an export into a file has its name only once it is whole, and none where it is broken off', async () => {
  const app = await governed();
  const options = { token: office.root };
  const by = '--by administrator';
  expect(await run(app, `audit export --out log.jsonl ${by}`, options)).toMatchObject({ code: 0, out: '' });
  expect(readFileSync(join(folder, 'log.jsonl'), 'utf8')).toContain('"act":"records.exported"');
  expect(await run(app, `audit export --out log.jsonl ${by}`, options)).toMatchObject({ code: 2 });
  expect(await run(app, `posts --format csv --out posts.csv ${by}`, options)).toMatchObject({
    code: 0,
    err: expect.stringContaining('Exported 1 posts'),
  });
  expect(readFileSync(join(folder, 'posts.csv'), 'utf8')).toMatch(/^\uFEFF"id",.*\r\n"e1",/u);
  expect(await run(app, 'posts --format csv --by sato', options)).toMatchObject({ code: 3, out: '' });
  expect(await run(app, 'posts --out posts.csv')).toMatchObject({ code: 2 });
  // Somebody stops it at its first step.
  const stopListening = app.progress.listen(() =>
    app.progress.list().forEach(({ id }) => app.progress.stop(id)),
  );
  expect(await run(app, `posts --format jsonl --out half.jsonl ${by}`, options)).toMatchObject({
    code: 1,
    err: expect.stringContaining('No file was made'),
  });
  expect(await run(app, `posts --format jsonl ${by}`, options)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/"incomplete":true.*$/u),
  });
  stopListening();
  expect(readdirSync(folder).filter((name) => name.startsWith('half'))).toEqual([]);
});
