import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { COMMANDS, COMMAND_NAMES, isCommandName, type CommandEntry } from '../src/cli/commands.ts';
import { parseCommandLine } from '../src/cli/parse-command-line.ts';
import { channelsSchema } from '../src/config/channels-file.ts';
import { VARIABLES } from '../src/config/environment.ts';
import { feedsSchema } from '../src/config/feeds-file.ts';
import { policySchema } from '../src/config/policy-file.ts';
import { keysOf } from '../src/config/schema-keys.ts';
import { noticeMessages } from '../src/messages/notices.ts';
import { STATES } from '../src/outbox/entry.ts';
import { TRANSITIONS } from '../src/outbox/transition.ts';
import { typed } from './cli/command-line.ts';

const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');
const README = read('README.md');
const failures = read('docs/failure-modes.md');
const operations = read('docs/operations.md');
const configuration = read('docs/configuration.md');
const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT })];

/** The names that a test file gives: titles, and the first words of its tables' rows. A row may stand in a helper beside it. */
function namesIn(source: string): Set<string> {
  const literal = /(['"`])((?:\\.|(?!\1)[^\\])*)\1/.source;
  const places = [
    // Titles: test('…'), it.each(table)('…'), describe('…'), and those that a check() of the file hands on.
    `(?:\\)|\\b(?:test|it|describe|concurrent|check\\w*|refuses?))\\(\\s*${literal}`,
    `\\bname: ${literal}`,
    `\\[\\s*${literal},`,
  ];
  const found = places.flatMap((place) => [...source.matchAll(new RegExp(place, 'gsu'))]);
  return new Set(found.map((match) => (match[2] ?? '').replaceAll(/\\(.)/gu, '$1')));
}

type Reference = { file: string; name: string };

/** Every `file › name` of the page of failure modes, but the one that explains how they are written. */
const references: readonly Reference[] = [...failures.matchAll(/`([\w./-]+) › ([^`]+)`/gu)]
  .map(([, file = '', name = '']) => ({ file, name }))
  .filter(({ file }) => file !== 'file');

describe('every test that the failure modes name exists', () => {
  it('and the page names many', () => expect(references.length).toBeGreaterThan(80));

  test.each(references)('$file › $name', ({ file, name }) => {
    const path = [`tests/${file}.test.ts`, `tests/${file}.ts`].find((one) => existsSync(resolve(ROOT, one)));
    expect(path, `no file tests/${file}.test.ts`).toBeDefined();
    const names = [...namesIn(read(path ?? ''))];
    // A title that ends in a number of its own is named up to there.
    const isNamed = name.endsWith(' …')
      ? names.some((one) => one.startsWith(name.slice(0, -1)))
      : names.includes(name);
    expect(isNamed, `${path ?? ''} has no test "${name}"`).toBe(true);
  });

  it('and no name is believed that stands in no file', () => {
    expect(namesIn("test('one', f); // 'two'").has('two')).toBe(false);
    expect(namesIn("test('one', f);").has('one')).toBe(true);
  });
});

describe('the failure modes are complete', () => {
  const rows = failures.split('\n').filter((line) => /^\| \d+ +\|/u.test(line));

  it('every one of the 64 faults has its row, once and in order', () => {
    const numbers = rows.map((row) => Number(/\d+/u.exec(row)?.[0]));
    expect(numbers).toEqual(Array.from({ length: 64 }, (_, index) => index + 1));
  });

  it('every row names a test, but the one that the rows below it spell out', () => {
    const spelledOut = 'an urgent notice is forced while …';
    const bare = rows.filter((row) => !row.includes(' › ') && !row.includes(spelledOut));
    expect(bare).toEqual([]);
  });

  it('every residual risk is told', () => {
    const told = [...failures.matchAll(/^- \*\*R(\d+)\*\*/gmu)].map((match) => Number(match[1]));
    expect(told).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  });
});

describe('what operators meet is documented', () => {
  test.each(Object.keys(noticeMessages))('the alarm %s', (code) =>
    expect(operations).toMatch(new RegExp(`^\\|[^|]*\`${code}\``, 'mu')),
  );
  test.each(STATES)('the state %s, and what it means', (state) =>
    expect(operations).toMatch(new RegExp(`^\\| \`${state}\` +\\| \\S`, 'mu')),
  );
  test.each(STATES.filter((state) => Object.keys(TRANSITIONS[state]).length > 0))(
    'what may happen to a post that is %s',
    (state) => expect(read('docs/architecture.md')).toMatch(new RegExp(`^\\|[^|]*\\b${state}\\b`, 'mu')),
  );
  test.each(COMMAND_NAMES)('the command %s', (name) =>
    expect(operations).toMatch(new RegExp(`^\\| \`kosatsu ${name}\` +\\| \\S`, 'mu')),
  );
});

describe('every key and variable is documented', () => {
  const keys = [feedsSchema, policySchema, channelsSchema].flatMap((schema) => [...keysOf(schema)]);
  test.each([...new Set(keys)])('%s', (key) =>
    expect(configuration).toMatch(new RegExp(`[\`{, ]${key}[\`:, ]`, 'u')),
  );
  test.each([...VARIABLES])('%s', (name) => expect(configuration).toContain(`\`${name}\``));
});

it('the table of the architecture names every folder of src/, and of its adapters', () => {
  const architecture = read('docs/architecture.md');
  const folders = readdirSync(resolve(ROOT, 'src'), { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => name);
  expect(folders.filter((name) => !new RegExp(`^\\|[^|]*\`${name}/\``, 'mu').test(architecture))).toEqual([]);
  const adapters = /^\| `adapters\/` +\|([^|]*): each alone/mu.exec(architecture)?.[1] ?? '';
  const named = adapters.split(',').map((name) => name.trim());
  expect(named.toSorted()).toEqual(readdirSync(resolve(ROOT, 'src/adapters')).toSorted());
});

/** Commands as they are written in the pages, without the program's name; what stands for a value is one word. */
function commandLines(text: string): string[][] {
  const written = [...text.matchAll(/(?:npx kosatsu|(?<![\w./])kosatsu|node bin\/kosatsu\.js) ([^`\n]*)/gu)];
  return written
    .map(([, rest = '']) => rest.replace(/\s+#.*$/u, '').trim())
    .filter((rest) => isCommandName(rest.split(' ')[0] ?? ''))
    .map((rest) => rest.split(/\s+/u).filter((word) => word !== '…'));
}

describe('every command line in the pages is one that the program takes', () => {
  const lines = pages.flatMap((page) =>
    commandLines(read(page)).map((words) => ({ page, line: words.join(' ') })),
  );
  it('and there are many', () => expect(lines.length).toBeGreaterThan(30));

  test.each(lines)('$page: kosatsu $line', async ({ line }) => {
    const [name = '', ...rest] = line.split(' ');
    if (!isCommandName(name)) throw new Error(`no command ${name}`);
    const entry: CommandEntry = COMMANDS[name];
    // A sentence may name a command without the post or the file that it is for.
    const takesWord = entry.takesId !== false || entry.takesFile !== undefined || entry.actions !== undefined;
    const operand = rest.length === 0 && takesWord ? [Object.keys(entry.actions ?? {})[0] ?? 'x'] : [];
    expect(() =>
      parseCommandLine(
        [...rest, ...operand],
        entry.flags,
        entry.takesId,
        'en',
        entry.takesFile,
        entry.actions,
      ),
    ).not.toThrow();
    expect(await typed([name, '--help'])).toMatchObject({ code: 0 });
  });
});

describe('the README', () => {
  it('names only npm scripts that exist', () => {
    const manifest = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...README.matchAll(/npm (?:run (\w+)|(start|test)\b)/gu)].map((one) => one[1] ?? one[2]);
    expect(named.length).toBeGreaterThan(2);
    for (const script of named) expect(Object.keys(manifest.scripts)).toContain(script);
  });

  test.each(pages)('%s links only to what is there', (page) => {
    const folder = page.startsWith('docs/') ? page.slice(0, page.lastIndexOf('/')) : '.';
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/gu)].map(
      (one) => one[1] ?? '',
    );
    for (const link of links) expect(existsSync(resolve(ROOT, folder, link)), `${page}: ${link}`).toBe(true);
  });
});

describe('the officers’ guide speaks as the console does', () => {
  const guide = read('docs/officers.ja.md');
  const catalogue = globSync('src/messages/*.ts', { cwd: ROOT }).map(read).join('\n');
  const named = [...new Set([...guide.matchAll(/\*\*([^*]+)\*\*/gu)].map(([, words = '']) => words))];

  it('and names many of its words', () => expect(named.length).toBeGreaterThan(30));

  test.each(named)('%s', (words) => expect(catalogue).toContain(words));
});
