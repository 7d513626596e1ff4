import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS, COMMAND_NAMES } from '../../src/cli/commands.ts';
import { parseCommandLine, type CommandLine } from '../../src/cli/parse-command-line.ts';
import { typed } from './command-line.ts';

test.each(['en', 'ja'] as const)('the help names every command and fits a terminal (%s)', async (lang) => {
  const { code, out } = await typed(['--help'], { lang });
  expect(code).toBe(0);
  for (const name of COMMAND_NAMES) expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'mu'));
});

test.each(COMMAND_NAMES)(
  '%s --help names every flag of the command in both languages and starts nothing',
  async (name) => {
    for (const lang of ['en', 'ja'] as const) {
      const { code, out } = await typed([name, '--help'], { lang });
      expect(code).toBe(0);
      for (const flag of COMMANDS[name].flags)
        expect(out).toMatch(new RegExp(`^  --${flag}( [A-Z=a-z|]+)? +\\S`, 'mu'));
      expect(/[\u3040-\u30ff\u4e00-\u9fff]/u.test(out)).toBe(lang === 'ja');
      expect(await typed(['help', name], { lang })).toEqual({ code, out, err: '' });
      expect((await typed([name, '-h'], { lang })).out).toBe(out);
    }
  },
);

const wrong: readonly { words: readonly string[]; says: RegExp }[] = [
  { words: [], says: /Which command/u },
  { words: ['stauts'], says: /no command "stauts"; did you mean "status"/u },
  { words: ['previw'], says: /did you mean "preview"/u },
  { words: ['frobnicate'], says: /no command "frobnicate"\. Nothing/u },
  { words: ['--frobnicate'], says: /no option --frobnicate/u },
  { words: ['help', 'stauts'], says: /no command "stauts"; did you mean "status"/u },
  { words: ['audit', 'export', '--from', '2026-11-30', '--to', '2026-11-29'], says: /later than.*Nothing/u },
  { words: ['constructor'], says: /no command "constructor"/u },
  { words: ['run', '--dryrun'], says: /no option --dryrun; did you mean --dry-run/u },
  { words: ['run', '-x'], says: /no option -x/u },
  { words: ['run', '--yes'], says: /no option --yes/u },
  { words: ['run', 'now'], says: /"now" is not expected/u },
  { words: ['run', '--once=1'], says: /--once takes no value/u },
  { words: ['run', '--feed'], says: /--feed needs a value/u },
  { words: ['run', '--feed='], says: /--feed needs a value/u },
  { words: ['run', '--port', 'eighty'], says: /"eighty" is no port/u },
  { words: ['run', '--port', '65536'], says: /"65536" is no port/u },
  { words: ['run', '--first-run', 'all'], says: /--first-run can't be "all"/u },
  { words: ['sandbox', '--port', '-1'], says: /--port=-1/u },
  { words: ['approve'], says: /Which post/u },
  { words: ['approve', 'a', 'b'], says: /"b" is not expected/u },
  { words: ['posts', '--state', 'posted'], says: /--state can't be "posted".*published/u },
  { words: ['urgent'], says: /either --text or --template/u },
  { words: ['urgent', '--text', 'a', '--template', 'b'], says: /either --text or --template/u },
  { words: ['urgent', '--text', '--yes'], says: /--text=--yes/u },
  { words: ['urgent', '--text', 'a', '--text', 'b'], says: /--text was given twice/u },
  { words: ['urgent', '--text', 'a', '--set', 'k=v'], says: /--set only makes sense with --template/u },
  { words: ['urgent', '--template', 'a', '--set', 'kv'], says: /NAME=VALUE, not "kv"/u },
  { words: ['urgent', '--template', 'a', '--set', '=v'], says: /NAME=VALUE/u },
  { words: ['urgent', '--template', 'a', '--set', 'k=1', '--set', 'k=2'], says: /--set gives k twice/u },
  { words: ['urgent', '--text', 'a', '--lang', 'fr'], says: /ja or en, not "fr"/u },
];

test.each(wrong)('a slip does nothing and ends with 2: $words', async ({ words, says }) => {
  const { code, out, err } = await typed(words);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(says);
  const japanese = await typed(words, { lang: 'ja' });
  expect(japanese.code).toBe(2);
  expect(japanese.err).toMatch(/[\u3040-\u30ff]/u);
});

const read: readonly { name: string; words: readonly string[]; line: Partial<CommandLine> }[] = [
  {
    name: 'a value after a space or an equals sign',
    words: ['--text', 'a b', '--url=https://x/?a=b'],
    line: { texts: { text: 'a b', url: 'https://x/?a=b' } },
  },
  { name: 'a value that begins with a hyphen', words: ['--text=-5℃'], line: { texts: { text: '-5℃' } } },
  {
    name: 'a list in its order',
    words: ['--set', 'a=1', '--set', 'b=2'],
    line: { lists: { set: ['a=1', 'b=2'] } },
  },
  {
    name: 'switches between values',
    words: ['--yes', '--text', 'x', '--json'],
    line: { switches: new Set(['yes', 'json']) },
  },
];

test.each(read)('a command line holds $name', ({ words, line }) => {
  expect(parseCommandLine(words, COMMANDS.urgent.flags, false, 'en')).toMatchObject(line);
});

test('an ID may be typed in capitals', () => {
  expect(parseCommandLine(['1M80GCY3TCM2D'], COMMANDS.approve.flags, true, 'en').id).toBe('1m80gcy3tcm2d');
});

test.each([
  ['audit', 'verify', '--from', '2026-11-01'],
  ['audit', 'export', '--anchor', '1:x'],
  ['operator', 'disable', '--operator', 'a', '--role', 'viewer'],
  ['operator', 'token', '--operator', 'a', '--reset'],
])('a flag of another action is refused, not passed over: %s %s %s', async (...words) => {
  expect(await typed(words)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('takes no option'),
  });
});

test('what nobody expected is said in a sentence and ends with 1', async () => {
  const { code, out, err } = await typed(['status']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('must not touch the configuration');
});

test.each([
  ['operatorLanguage: ja # 職員向け\n', 'en', 'ja'],
  ["contact: a@example.go.jp\noperatorLanguage: 'ja'\r\n", 'en', 'ja'],
  ['operatorLanguage: "en"\n', 'ja', 'en'],
  ['operatorLanguage: auto\n', 'ja', 'ja'],
  ['# operatorLanguage: ja\n', 'en', 'en'],
  ['operatorLanguage: janken\n', 'en', 'en'],
  [null, 'ja', 'ja'],
] as const)(
  'with %j in channels.yaml and a terminal in %s, a command speaks %s',
  async (text, lang, spoken) => {
    const folder = mkdtempSync(join(tmpdir(), 'kosatsu-'));
    try {
      if (text !== null) writeFileSync(join(folder, 'channels.yaml'), text);
      const words = ['quarantine', '--all-known'];
      const ran = [
        await typed([...words, '--config', folder], { lang }),
        await typed(words, { lang, env: { KOSATSU_CONFIG: folder } }),
        await typed(['approve'], { lang, env: { KOSATSU_CONFIG: folder } }),
        await typed(['frobnicate'], { lang, env: { KOSATSU_CONFIG: folder } }),
      ];
      for (const { err } of ran) expect(/[ぁ-ん]/u.test(err)).toBe(spoken === 'ja');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
