import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');

/** Pipeline order: a stage may import itself and what stands before it. */
const STAGES = ['feed', 'classify', 'compose', 'policy', 'outbox', 'publish', 'governance'] as const;

/** The composition root: one for the whole program, one that loads parts when they are asked for, one for the store. */
const ROOTS = ['assemble.ts', 'assemble-edges.ts', 'assemble-refusal.ts', 'open-store.ts'] as const;

/** What each part of src/ may import from ours. Anything not listed is a wall. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(STAGES.map((stage, index) => [stage, [...STAGES.slice(0, index + 1), 'limits']])),
  limits: ['limits'],
  messages: [...STAGES, 'messages', 'limits'],
  'config.ts': [...STAGES, 'config', 'config.ts', 'messages', 'limits'],
  config: [...STAGES, 'config', 'config.ts', 'messages', 'limits'],
  app: [...STAGES, 'app', 'messages', 'config.ts', 'limits'],
  sandbox: ['sandbox', 'messages', 'limits'],
  console: [...STAGES, 'console', 'app', 'messages', 'config.ts', 'limits'],
  cli: [...STAGES, 'cli', 'app', 'messages', 'config.ts', 'config', 'limits', 'console', 'sandbox'],
  ...Object.fromEntries(
    ROOTS.map((root) => [
      root,
      [
        ...STAGES,
        ...ROOTS,
        'app',
        'adapters',
        'messages',
        'config.ts',
        'limits',
        'sandbox',
        'console',
        'cli',
      ],
    ]),
  ),
};

type Source = { path: string; part: string; text: string; imports: readonly string[] };

function sources(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.ts') && statSync(path).isFile())
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
      return { path: relative(ROOT, path), part: partOf(path), text, imports };
    });
}

function partOf(path: string): string {
  return relative(SRC, path).split('/')[0] ?? '';
}

const all = sources(SRC);

function check(broken: readonly string[]): void {
  expect(broken).toEqual([]);
}

describe('the walls of the program', () => {
  it('read a source tree, so that an empty one cannot pass', () => {
    expect(all.length).toBeGreaterThan(80);
    for (const stage of STAGES.slice(0, 6))
      expect(
        all.some((file) => file.part === stage),
        stage,
      ).toBe(true);
  });

  it('keep every part to the imports that it may have', () => {
    const broken = all.flatMap((file) => {
      const may = MAY_IMPORT[file.part];
      if (may === undefined) return [];
      return file.imports
        .filter((name) => name.startsWith('.'))
        .map((name) => partOf(resolve(ROOT, dirname(file.path), name)))
        .filter((part) => !may.includes(part))
        .map((part) => `${file.path} imports ${part}`);
    });
    check(broken);
  });

  it('keep the stages away from the world: of Node they know the digests alone', () => {
    const broken = all
      .filter((file) => (STAGES as readonly string[]).includes(file.part))
      .flatMap((file) =>
        file.imports
          .filter((name) => name.startsWith('node:') && name !== 'node:crypto')
          .map((name) => `${file.path}: ${name}`),
      );
    check(broken);
  });

  it('keep adapters apart from each other, and out of sight of all but the composition root', () => {
    const adapterOf = (path: string): string => relative(join(SRC, 'adapters'), path).split('/')[0] ?? '';
    const broken = all.flatMap((file) =>
      file.imports
        .filter((name) => name.startsWith('.'))
        .map((name) => resolve(ROOT, dirname(file.path), name))
        .filter((target) => partOf(target) === 'adapters')
        .filter((target) => {
          if (file.part === 'adapters') return adapterOf(resolve(ROOT, file.path)) !== adapterOf(target);
          return !(ROOTS as readonly string[]).includes(file.part);
        })
        .map((target) => `${file.path} imports ${relative(SRC, target)}`),
    );
    check(broken);
  });

  it('let only main.ts touch the process', () => {
    const broken = all
      .filter((file) => file.path !== 'src/main.ts')
      .filter(
        (file) =>
          /\bprocess\.(?!memoryUsage)/.test(withoutComments(file.text)) ||
          file.imports.includes('node:process'),
      )
      .map((file) => file.path);
    check(broken);
  });

  it('give stages and app no clock, no randomness and no timer of their own', () => {
    const world =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bsetTimeout\(|\bsetInterval\(|\bperformance\.now\(|\brandomUUID\(|\bAbortSignal\.timeout\(|\bfetch\(/;
    const broken = all
      .filter((file) => [...STAGES, 'app'].includes(file.part))
      .filter((file) => world.test(withoutComments(file.text)))
      .map((file) => file.path);
    check(broken);
  });

  it('hold every file to 300 lines', () => {
    check(all.filter((file) => file.text.split('\n').length > 301).map((file) => file.path));
  });

  it('know no barrels and no drawers for everything', () => {
    const names = /\/(index|utils?|helpers?|types|common|misc|manager|service)\.ts$/;
    check(all.filter((file) => names.test(file.path)).map((file) => file.path));
  });

  it('name a file for what is in it, in kebab-case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.contract)?\.ts$/;
    const broken = [...all, ...sources(join(ROOT, 'tests'))].filter(
      (file) => !kebab.test(file.path.split('/').at(-1) ?? ''),
    );
    check(broken.map((file) => file.path));
  });

  it('skip, focus or promise no test', () => {
    const soft = /\b(it|test|describe)\.(only|skip|todo|fails)\(/;
    const broken = sources(join(ROOT, 'tests')).filter(
      (file) => !file.path.endsWith('architecture.test.ts') && soft.test(file.text),
    );
    check(broken.map((file) => file.path));
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
