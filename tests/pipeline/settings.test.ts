import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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
