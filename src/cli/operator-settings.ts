import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { Lang } from '../feed/item.ts';
import type { CommandContext, Env } from './command.ts';

/** The operator's language by the terminal's locale, known before any configuration is read. */
export function terminalLang(env: Env): Lang {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return locale?.toLowerCase().startsWith('ja') === true ? 'ja' : 'en';
}

/** The name under which the operator acts: `--by`, else the login name. */
export function operatorName(context: CommandContext): string {
  return context.line.texts.by ?? context.env['LOGNAME'] ?? context.env['USER'] ?? loginName();
}

/** The system's name for whoever runs the program; a container may give its user none. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'operator';
  }
}

/**
 * The data folder, found as the configuration finds it (flag, environment, `.env`, default) but without loading it:
 * asking a running worker must not wait for a validator to load.
 */
export async function dataFolder(context: CommandContext): Promise<string> {
  const typed = context.line.texts.data ?? context.env['KOSATSU_DATA'];
  return resolve(context.cwd, typed ?? (await fromDotenv(context.cwd)) ?? 'data');
}

async function fromDotenv(cwd: string): Promise<string | undefined> {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, '.env'), 'utf8');
  } catch {
    return undefined;
  }
  if (!text.includes('KOSATSU_DATA')) return undefined;
  const { parse } = await import('dotenv');
  return parse(text)['KOSATSU_DATA'];
}
