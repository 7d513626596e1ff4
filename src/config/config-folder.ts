import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { checkShape } from './check-shape.ts';
import type { ConfigDisk } from './disk.ts';
import type { Mistake } from '../messages/mistake.ts';
import { nearestName } from './nearest-name.ts';
import { readYaml, type Located } from './read-yaml.ts';

const FILES = ['feeds.yaml', 'rules.yaml', 'templates.yaml', 'policy.yaml', 'channels.yaml'] as const;
export type ConfigFileName = (typeof FILES)[number];

/** A folder of settings: `path` is where it is, `shown` is how the person named it. */
export type ConfigFolder = { path: string; shown: string; disk: ConfigDisk };

/** One file of the folder. `value` is null where it is missing or wrong; `located` finds lines for later mistakes. */
export type ConfigFile<T> = { value: T | null; located: Located | null; mistakes: readonly Mistake[] };

/** The folder, unless it is not there; and files in it that nothing would ever read (`policy.yml`, `feed.yaml`). */
export function openFolder(
  shown: string,
  cwd: string,
  disk: ConfigDisk,
): { folder: ConfigFolder | null; mistakes: readonly Mistake[] } {
  const path = resolve(cwd, shown);
  const names = disk.listFolder(path);
  if (names === null) {
    return {
      folder: null,
      mistakes: [{ file: shown, line: null, key: '', code: 'folder-missing', params: {} }],
    };
  }
  // An operator who wrote quiet hours into `policy.yml` must not believe that they hold.
  const strays = names.filter((name) => /\.ya?ml$/iu.test(name) && !FILES.some((file) => file === name));
  const mistakes = strays.map((name): Mistake => {
    const params = { near: nearestName(name, FILES) ?? '', known: FILES.join(', ') };
    return { file: join(shown, name), line: null, key: '', code: 'file-unknown', params };
  });
  return { folder: { path, shown, disk }, mistakes };
}

/** Reads and checks one file. A missing file is a mistake only where it is `needed`. */
export function readConfigFile<T>(
  folder: ConfigFolder,
  name: ConfigFileName,
  schema: z.ZodType<T>,
  presence: 'needed' | 'optional',
): ConfigFile<T> {
  const file = join(folder.shown, name);
  const failed = (code: Mistake['code'], params: Mistake['params'] = {}): ConfigFile<T> => {
    return { value: null, located: null, mistakes: [{ file, line: null, key: '', code, params }] };
  };
  const read = folder.disk.readText(join(folder.path, name));
  switch (read.kind) {
    case 'missing':
      return presence === 'needed' ? failed('file-missing') : { value: null, located: null, mistakes: [] };
    case 'not-utf8':
      return failed('not-utf8');
    case 'too-large':
      return failed('file-too-large', { maxBytes: read.maxBytes });
    case 'unreadable':
      return failed('file-unreadable', { detail: read.detail });
    case 'text':
      break;
  }
  const parsed = readYaml(file, read.text);
  if (parsed.kind === 'mistakes') return { value: null, located: null, mistakes: parsed.mistakes };
  const shaped = checkShape(schema, parsed.located);
  return shaped.kind === 'ok'
    ? { value: shaped.value, located: parsed.located, mistakes: [] }
    : { value: null, located: parsed.located, mistakes: shaped.mistakes };
}
