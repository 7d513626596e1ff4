import { existsSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { kosatsu } from './in-process.ts';
import { CONFIG, ENTRY, Workplace, spawned } from './kosatsu.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.close());

test('--help prints the commands on stdout and ends with 0', async () => {
  const { code, out, err } = await spawned(['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const command of [
    'run',
    'preview',
    'urgent',
    'posts',
    'approve',
    'pause',
    'status',
    'doctor',
    'sandbox',
  ]) {
    expect(out).toContain(`\n  ${command} `);
  }
});

test('the operator is addressed in the language of the terminal', async () => {
  expect((await spawned(['--help'], { env: { LC_ALL: 'ja_JP.UTF-8' } })).out).toContain('コマンド：');
  expect((await kosatsu(['--help'], { env: { LC_ALL: '', LANG: 'ja_JP.UTF-8' } })).out).toContain(
    'コマンド：',
  );
  expect((await kosatsu(['--help'], { env: { LC_ALL: 'C', LANG: 'ja_JP.UTF-8' } })).out).toContain(
    'Commands:',
  );
});

test('--version names the version of package.json', async () => {
  const manifest = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(CONFIG, '..', 'package.json'), 'utf8')));
  expect((await spawned(['--version'])).out).toBe(`kosatsu ${manifest.version}\n`);
});

const slips: readonly { words: readonly string[]; says: RegExp }[] = [
  { words: [], says: /Which command/u },
  { words: ['sned'], says: /no command "sned"/u },
  { words: ['run', '--dry-rnu'], says: /did you mean --dry-run/u },
  { words: ['approve'], says: /Which post/u },
];

test.each(slips)(
  'a slip ends with 2, says what was meant, and starts nothing: $words',
  async ({ words, says }) => {
    const { code, out, err } = await kosatsu(words, { cwd: place.dir });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(says);
    expect(existsSync(place.data)).toBe(false);
  },
);

const commandsWithSettings = [
  ['run'],
  ['run', '--once'],
  ['preview'],
  ['status'],
  ['posts'],
  ['doctor'],
  ['pause'],
  ['approve', 'x'],
  ['urgent', '--text', 'x'],
];

test.each(commandsWithSettings)(
  'every mistake in the settings is named at once, and nothing is started: %s',
  async (...words) => {
    const config = join(place.dir, 'config');
    await cp(CONFIG, config, { recursive: true });
    const feeds = await readFile(join(config, 'feeds.yaml'), 'utf8');
    place.write('config/feeds.yaml', feeds.replace(/^( +)url:/mu, '$1uri:'));
    place.write(
      'config/policy.yaml',
      `${await readFile(join(config, 'policy.yaml'), 'utf8')}\nunknownKey: 1\n`,
    );
    place.write('.env', 'X_API_KEY=abcdefghijklmnopqrstuvwxy\nKOSATSU_DTAA=x\n');
    const { code, out, err } = await kosatsu(words, { cwd: place.dir });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const named of [
      /feeds\.yaml:\d+/u,
      /uri/u,
      /policy\.yaml:\d+/u,
      /unknownKey/u,
      /KOSATSU_DTAA/u,
      /X_API_SECRET/u,
    ])
      expect(err).toMatch(named);
    expect(err).not.toContain('abcdefghijklmnopqrstuvwxy');
    expect(existsSync(place.data)).toBe(false);
  },
);

test('a settings folder that is not there is named', async () => {
  const { code, err } = await spawned(['status', '--config', 'nowhere'], { cwd: place.dir });
  expect(code).toBe(2);
  expect(err).toContain('nowhere');
});

test('a feed that was only typed never goes to the live account', async () => {
  const keys = {
    X_API_KEY: 'k'.repeat(25),
    X_API_SECRET: 's'.repeat(50),
    X_ACCESS_TOKEN: `1-${'t'.repeat(40)}`,
    X_ACCESS_SECRET: 'a'.repeat(45),
  };
  const { code, err } = await kosatsu(['run', '--config', CONFIG, '--feed', 'feed.xml'], {
    cwd: place.dir,
    env: keys,
  });
  expect(code).toBe(2);
  expect(err).toContain('--feed');
  expect(existsSync(place.data)).toBe(false);
});

test('a data folder that cannot be made ends in a sentence', async () => {
  place.write('data', 'a file');
  const { code, out, err } = await kosatsu(
    ['run', '--once', '--config', CONFIG, '--feed', place.write('f.xml', '')],
    { cwd: place.dir },
  );
  expect(out).toBe('');
  expect([1, 2]).toContain(code);
  expect(err).not.toMatch(/\n\s+at /u);
});

test('the program runs from a folder that is not its own, through a link to its entry', async () => {
  const { symlink } = await import('node:fs/promises');
  await mkdir(join(place.dir, 'bin'));
  const entry = join(place.dir, 'bin', 'kosatsu');
  await symlink(ENTRY, entry);
  expect((await spawned(['--help'], { cwd: place.dir, entry })).code).toBe(0);
});
