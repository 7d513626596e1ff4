import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { Lang } from '../feed/item.ts';
import { isNobodysName } from '../outbox/person-name.ts';
import type { CommandContext, Env } from './command.ts';
import type { CommandLine } from './parse-command-line.ts';

/** The operator's language by the terminal's locale, known before any configuration is read. */
export function terminalLang(env: Env): Lang {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return locale?.toLowerCase().startsWith('ja') === true ? 'ja' : 'en';
}

/**
 * The name under which the operator acts: `--by`, else the login name. A service has a user of its own, which is often called as the
 * program is: then whoever became that user with sudo, as far as that is known.
 */
export function operatorName({ line, env }: CommandContext): string {
  if (line.texts.by !== undefined) return line.texts.by;
  const logins = [env['LOGNAME'] ?? env['USER'] ?? loginName(), env['SUDO_USER']];
  return logins.find((name) => name !== undefined && !isNobodysName(name)) ?? NAMELESS;
}

const NAMELESS = 'operator';

/** The system's name for whoever runs the program; a container may give its user none. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return NAMELESS;
  }
}

/**
 * The data folder, found as the configuration finds it (flag, environment, `.env`, default) but without loading it:
 * asking a running worker must not wait for a validator to load.
 */
export async function dataFolder(context: CommandContext): Promise<string> {
  const typed = context.line.texts.data ?? context.env['KOSATSU_DATA'];
  return resolve(context.cwd, typed ?? (await fromDotenv(context.cwd, 'KOSATSU_DATA')) ?? 'data');
}

/**
 * The operators' language that channels.yaml asks for; null where it leaves that to the terminal, or cannot be read, which whoever reads
 * all of it will say. Looked for in its one line, because a quick command loads no configuration.
 */
export async function configuredLang({
  line,
  env,
  cwd,
}: Pick<CommandContext, 'env' | 'cwd'> & { line: Pick<CommandLine, 'texts'> }): Promise<Lang | null> {
  const typed = line.texts.config ?? (env['KOSATSU_CONFIG'] || undefined);
  const folder = typed ?? ((await fromDotenv(cwd, 'KOSATSU_CONFIG')) || 'config');
  const text = textOf(resolve(cwd, folder, 'channels.yaml')) ?? '';
  const found = /^operatorLanguage:[ \t]+(?<quote>['"]?)(?<lang>ja|en)\k<quote>[ \t\r]*(?:#.*)?$/mu.exec(
    text,
  );
  const lang = found?.groups?.['lang'];
  return lang === 'ja' || lang === 'en' ? lang : null;
}

async function fromDotenv(cwd: string, name: string): Promise<string | undefined> {
  const text = textOf(resolve(cwd, '.env'));
  if (text?.includes(name) !== true) return undefined;
  const { parse } = await import('dotenv');
  return parse(text)[name];
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
