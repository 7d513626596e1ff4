import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadConfig, type Config, type LoadedConfig, type Overrides } from '../../src/config.ts';
import type { ConfigDisk, FileText } from '../../src/config/disk.ts';

export const CWD = '/office';
const SHIPPED = resolve(import.meta.dirname, '../../config');

/** The files that the program ships, by name. */
export function shippedFiles(): Record<string, string> {
  const names = readdirSync(SHIPPED).filter((name) => name.endsWith('.yaml'));
  return Object.fromEntries(
    names.map((name) => [`config/${name}`, readFileSync(join(SHIPPED, name), 'utf8')]),
  );
}

/** A disk that holds these files below the working folder. A value that is no text is what reading the file gives. */
function aDisk(files: Readonly<Record<string, string | FileText>>): ConfigDisk {
  const at = new Map(Object.entries(files).map(([name, content]) => [join(CWD, name), content]));
  return {
    readText(path) {
      const content = at.get(path) ?? { kind: 'missing' };
      return typeof content === 'string' ? { kind: 'text', text: content } : content;
    },
    listFolder(path) {
      const inside = [...at.keys()].filter((name) => name.startsWith(`${path}/`));
      return inside.length === 0 ? null : inside.map((name) => name.slice(path.length + 1));
    },
  };
}

export type Given = {
  files?: Readonly<Record<string, string | FileText>>;
  env?: Readonly<Record<string, string | undefined>>;
  overrides?: Overrides;
};

/** The shipped files with others laid over them; a file that is given as `missing` is taken away. */
export function load({ files = {}, env = {}, overrides = {} }: Given): LoadedConfig {
  const all = Object.entries({ ...shippedFiles(), ...files });
  const present = all.filter(([, content]) => typeof content === 'string' || content.kind !== 'missing');
  // Hundreds of cases, of which few are about the rules, the longest file.
  const rules = Object.keys(files).includes('config/rules.yaml') ? {} : { rules: 'unread' as const };
  const disk = aDisk(Object.fromEntries(present));
  return loadConfig({ overrides: { ...rules, ...overrides }, env, cwd: CWD, disk });
}

/** The configuration, where the case is one without mistakes. */
export function loaded(given: Given): Config {
  const result = load(given);
  if (result.kind === 'ok') return result.config;
  throw new Error(`mistakes: ${JSON.stringify(result.mistakes)}`);
}

/** Every mistake as `file:line key code`, in the order in which people read them. */
export function mistakesOf(given: Given): readonly string[] {
  const result = load(given);
  if (result.kind === 'ok') return [];
  return result.mistakes.map(({ file, line, key, code }) => `${file}:${line ?? '-'} ${key} ${code}`);
}

export const CREDENTIALS = {
  X_API_KEY: 'key',
  X_API_SECRET: 'secret-1',
  X_ACCESS_TOKEN: 'token',
  X_ACCESS_SECRET: 'secret-2',
};
