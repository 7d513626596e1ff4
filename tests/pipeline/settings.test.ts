import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Connection } from '../../src/adapters/sqlite/connection.ts';
import { MIGRATIONS } from '../../src/adapters/sqlite/migrations.ts';
import { migrate } from '../../src/adapters/sqlite/open-database.ts';
import { World, ordinary } from './world.ts';

const KEYS = {
  X_API_KEY: 'k'.repeat(25),
  X_API_SECRET: 's'.repeat(50),
  X_ACCESS_TOKEN: `1-${'t'.repeat(40)}`,
  X_ACCESS_SECRET: 'a'.repeat(45),
};

describe.concurrent('settings', { timeout: 120_000 }, () => {
  test('every mistake of every file and of .env is named in one message, with file, line and key: exit 2', async (context) => {
    const world = World.withoutSandbox(context);
    const policy = readFileSync(join(world.config, 'policy.yaml'), 'utf8');
    world.write('config/policy.yaml', policy.replace('staleAfter: 7d', 'staleAfter: soon'));
    world.write('config/channels.yaml', 'handle: "@not a handle"\npcae: 2s\n');
    world.write(
      '.env',
      '# keys\nX_API_KEY=abcdefghijklmnop\nX_API_SERCET=very-secret-value\nKOSATSU_DTAA=x\n',
    );
    const { code, out, err } = await world.run(['run']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const named of [
      /policy\.yaml:\d+.*staleAfter/u,
      /channels\.yaml:1.*handle/u,
      /channels\.yaml:2.*pcae/u,
      /\.env:3.*X_API_SERCET/u,
      /\.env:4.*KOSATSU_DTAA/u,
      /\.env.*X_ACCESS_TOKEN/u,
    ])
      expect(err).toMatch(named);
    expect(err).not.toMatch(/abcdefghijklmnop|very-secret-value/u);
    expect(existsSync(world.data)).toBe(false);
  });

  test('a server that is not on this machine is refused as X_API_URL, wherever it is named', async (context) => {
    const world = World.withoutSandbox(context);
    for (const url of ['https://api.x.com', 'http://192.0.2.1', 'http://127.0.0.1.example.com']) {
      const { code, err } = await world.run(['run', '--once'], { env: { ...KEYS, X_API_URL: url } });
      expect([url, code, err.includes('X_API_URL')]).toEqual([url, 2, true]);
    }
    world.write('.env', 'X_API_URL=http://192.0.2.1\n');
    expect((await world.run(['doctor'])).code).toBe(2);
    expect(existsSync(world.data)).toBe(false);
  });

  test('X_API_URL makes everything sandbox, even with keys; rows say so', async (context) => {
    const world = await World.open(context);
    await world.feed([ordinary()]);
    // Keys of somebody else: the sandbox refuses them, and nothing is posted anywhere.
    const { code } = await world.run(['run', '--once', '--first-run', 'publish', '--feed', world.feedUrl], {
      env: KEYS,
    });
    expect([0, 4]).toContain(code);
    expect(await world.timeline()).toEqual([]);
    expect((await world.posts()).map(({ mode, state }) => [mode, state])).toEqual([['sandbox', 'queued']]);
  });

  test('a typed feed is refused for the live account, where --dry-run still shows it', async (context) => {
    const world = World.withoutSandbox(context);
    const { feedOf } = await import('../smoke/kosatsu.ts');
    const feed = world.write('feed.xml', feedOf([ordinary()]));
    world.write('config/channels.yaml', 'handle: jpo_NIPPON\n');
    const live = await world.run(['run', '--feed', feed], { env: KEYS });
    expect(live.code).toBe(2);
    expect(live.err).toContain('--feed');
    const dry = await world.run(['run', '--dry-run', '--feed', feed], { env: KEYS });
    expect(dry.code).toBe(0);
    expect(existsSync(world.data)).toBe(false);
  });

  test('folders may be named in .env and in the environment', async (context) => {
    const world = await World.open(context);
    world.write('.env', `KOSATSU_DATA=elsewhere\nX_API_URL=${world.url}\n`);
    await world.feed([ordinary()]);
    const { kosatsu } = await import('../smoke/in-process.ts');
    const words = ['run', '--once', '--first-run', 'publish', '--feed', world.feedUrl];
    const { code } = await kosatsu(words, { cwd: world.dir, env: { KOSATSU_CONFIG: world.config } });
    expect(code).toBe(0);
    expect(existsSync(join(world.dir, 'elsewhere', 'kosatsu.db'))).toBe(true);
    expect(await world.timeline()).toHaveLength(1);
  });

  test('doctor passes where all is well, and names what is not', async (context) => {
    const world = await World.open(context);
    await world.feed([ordinary()]);
    const well = await world.run(['doctor', '--feed', world.feedUrl]);
    expect([well.code, well.err]).toEqual([0, '']);
    for (const check of ['config', 'rules', 'store', 'clock', 'credentials', 'feeds'])
      expect(well.out).toMatch(new RegExp(`\\] ${check}: `, 'u'));
    await world.feed('<!DOCTYPE html><html><body>Maintenance</body></html>', 'text/html');
    const ill = await world.run(['doctor', '--feed', world.feedUrl]);
    expect(ill.code).toBe(1);
    expect(ill.out).toMatch(/feeds: /u);
    expect(await world.postRequests()).toBe(0);
  });

  test('doctor after an upgrade says that the records are older, and looks at the rest; what needs the records says so', async (context) => {
    const world = await World.open(context);
    await world.feed([ordinary()]);
    mkdirSync(world.data);
    const older = new Connection(join(world.data, 'kosatsu.db'), 'write');
    migrate(older, MIGRATIONS.slice(0, -1));
    older.close();
    const { code, out } = await world.run(['doctor', '--feed', world.feedUrl]);
    expect([code, out]).toEqual([0, expect.stringMatching(/\[note\] store: .*of an older version/u)]);
    expect(out).toMatch(/\[ok\] credentials: .*\n(?:.*\n)?\[ok\] feeds: /u);
    expect(await world.run(['status'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('kosatsu run brings it up to date'),
    });
  });

  test('every command explains itself with --help, on stdout, and starts nothing', async (context) => {
    const world = World.withoutSandbox(context);
    const { kosatsu } = await import('../smoke/in-process.ts');
    const commands = ['run', 'preview', 'urgent', 'posts', 'approve', 'pause', 'status', 'doctor', 'sandbox'];
    for (const command of commands) {
      const { code, out, err } = await kosatsu([command, '--help'], { cwd: world.dir });
      expect([command, code, err]).toEqual([command, 0, '']);
      expect(out).toContain(`kosatsu ${command}`);
    }
    expect(existsSync(world.data)).toBe(false);
  });
});

describe.concurrent('settings that a bad edit broke', { timeout: 120_000 }, () => {
  const edits: readonly { name: string; file: string; edit: (text: string) => string; code: string }[] = [
    {
      name: 'a policy file without a version',
      file: 'policy.yaml',
      edit: (text) => text.replace(/^version:.*$/mu, ''),
      code: 'required',
    },
    {
      name: 'a rule that matches everything',
      file: 'rules.yaml',
      edit: (text) =>
        text.replace(
          /^rules:\n/mu,
          'rules:\n  - { name: all, result: urgent, all: [], meaning: { ja: x, en: x } }\n',
        ),
      code: 'too-few',
    },
    {
      name: 'a rule that calls every announcement urgent by a word that all hold',
      file: 'rules.yaml',
      edit: (text) =>
        text
          .replace(
            /^lists:\n/mu,
            'lists:\n  every: [について, を, 年, の実施, update*, and, of, in, for, the]\n',
          )
          .replace(
            /^rules:\n/mu,
            'rules:\n  - { name: all, result: urgent, all: [every], meaning: { ja: x, en: x } }\n',
          ),
      code: 'rule-test',
    },
    {
      name: 'a regular expression that never ends',
      file: 'rules.yaml',
      edit: (text) => text.replace(/^lists:\n/mu, 'lists:\n  endless: ["(a+)+$"]\n'),
      code: 'other',
    },
    {
      name: 'a template with a missing field',
      file: 'templates.yaml',
      edit: (text) => text.replace('【重要】{name}により', '【重要】{nmae}により'),
      code: 'other',
    },
  ];

  test.for(edits)(
    'refuse to start, once on the record, and keep nobody from stopping: $name',
    async (edited, context) => {
      const { file, edit, code } = edited;
      const world = World.withoutSandbox(context);
      expect((await world.run(['pause', '--by', 'sato', '--reason', 'first'])).code).toBe(0);
      const text = readFileSync(join(world.config, file), 'utf8');
      expect(edit(text)).not.toBe(text);
      world.write(`config/${file}`, edit(text));
      for (let start = 0; start < 2; start += 1) expect((await world.run(['run', '--once'])).code).toBe(2);
      // What only looks leaves no trace.
      expect((await world.run(['doctor'])).code).toBe(2);
      expect((await world.run(['pause', '--topic', 'main', '--by', 'sato', '--reason', 'second'])).code).toBe(
        0,
      );
      world.write(`config/${file}`, text);
      const { out } = await world.run(['audit', 'export', '--by', 'sato']);
      const records = out
        .trim()
        .split('\n')
        .map(
          (line): { act: string; actor: string; subject: string; after: { file: string; code: string }[] } =>
            JSON.parse(line),
        );
      const refused = records.filter(({ act }) => act === 'settings.refused');
      expect(refused).toMatchObject([{ actor: 'kosatsu', subject: 'run' }]);
      expect(refused[0]?.after).toContainEqual(
        expect.objectContaining({ code, file: expect.stringContaining(file) }),
      );
      expect(records.filter(({ act }) => act === 'stop.set')).toHaveLength(2);
      expect((await world.run(['audit', 'verify'])).code).toBe(0);
    },
  );
});
