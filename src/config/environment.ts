import { join } from 'node:path';
import { parse } from 'dotenv';
import type { ConfigDisk } from './disk.ts';
import type { Mistake } from '../messages/mistake.ts';
import { nearestName } from './nearest-name.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that the program reads, from the process or from `.env`. */
export const VARIABLES = [
  'KOSATSU_CONFIG',
  'KOSATSU_DATA',
  'DATABASE_URL',
  'X_API_KEY',
  'X_API_SECRET',
  'X_ACCESS_TOKEN',
  'X_ACCESS_SECRET',
  'X_API_URL',
  'LOG_LEVEL',
] as const;
export type Variable = (typeof VARIABLES)[number];

/** One setting and where it was given. `value` is trimmed and may be empty only where `.env` or the process said so. */
export type Setting = { value: string; file: string; line: number | null };
export type Settings = ReadonlyMap<Variable, Setting>;

/** Where a mistake in the process's own environment is said to be. */
const PROCESS = 'environment';
export const DOTENV_FILE = '.env';

/**
 * Reads `.env` in the working folder under the process's environment, which wins wherever it has something to say: an
 * empty variable does not hide a line of the file. Loads nothing but dotenv, so that quick commands may call it.
 */
export function readEnvironment(
  env: Environment,
  cwd: string,
  disk: ConfigDisk,
): { settings: Settings; mistakes: readonly Mistake[] } {
  const file = readDotenv(cwd, disk);
  const settings = new Map<Variable, Setting>();
  for (const name of VARIABLES) {
    const own = env[name]?.trim();
    const line = file.lines.get(name) ?? null;
    const written = file.values[name]?.trim();
    if (own !== undefined && (own !== '' || written === undefined)) {
      settings.set(name, { value: own, file: PROCESS, line: null });
    } else if (written !== undefined) {
      settings.set(name, { value: written, file: DOTENV_FILE, line });
    }
  }
  return { settings, mistakes: file.mistakes };
}

type Dotenv = {
  values: Readonly<Record<string, string>>;
  lines: ReadonlyMap<string, number>;
  mistakes: readonly Mistake[];
};

function readDotenv(cwd: string, disk: ConfigDisk): Dotenv {
  const read = disk.readText(join(cwd, DOTENV_FILE));
  if (read.kind === 'text') return dotenvOf(read.text);
  const fault = (code: Mistake['code'], params: Mistake['params'] = {}): Dotenv => {
    return { values: {}, lines: new Map(), mistakes: [mistake(null, '', code, params)] };
  };
  if (read.kind === 'not-utf8') return fault('not-utf8');
  if (read.kind === 'too-large') return fault('file-too-large', { maxBytes: read.maxBytes });
  if (read.kind === 'unreadable') return fault('file-unreadable', { detail: read.detail });
  return { values: {}, lines: new Map(), mistakes: [] };
}

function dotenvOf(text: string): Dotenv {
  const values = parse(text);
  const lines = new Map<string, number>();
  const mistakes: Mistake[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/u).entries()) {
    const name = /^\s*(?:export\s+)?([\w.-]+)/u.exec(line)?.[1];
    if (name === undefined || !isOurs(name)) continue;
    const known = VARIABLES.some((variable) => variable === name);
    if (!known) {
      const near = nearestName(name, VARIABLES) ?? '';
      mistakes.push(mistake(index + 1, name, 'env-unknown', { found: name, near }));
    } else if (values[name] === undefined || !/^\s*(?:export\s+)?[\w.-]+\s*(?:=|:\s)/u.test(line)) {
      // A line that is passed over in silence could leave the bot live that was meant for the sandbox.
      mistakes.push(mistake(index + 1, name, 'env-line', {}));
    } else {
      lines.set(name, index + 1);
    }
  }
  return { values, lines, mistakes };
}

/** Names that can only be meant for this program; others in the file are somebody else's. */
function isOurs(name: string): boolean {
  return /^(?:X|KOSATSU)[_.-]/iu.test(name) || VARIABLES.some((variable) => variable === name.toUpperCase());
}

function mistake(
  line: number | null,
  key: string,
  code: Mistake['code'],
  params: Mistake['params'],
): Mistake {
  return { file: DOTENV_FILE, line, key, code, params };
}
