import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { operatorSentences } from '../messages/operators.ts';
import { say } from '../messages/sentence.ts';
import type { CommandContext } from './command.ts';
import { operatorName } from './operator-settings.ts';
import { UsageError } from './usage-error.ts';

/** Who acts, and the words of their token where they gave it: `--token-file`, else KOSATSU_TOKEN. Never a flag: others could read it. */
export function credentials(context: CommandContext): { by: string; token?: string } {
  const by = operatorName(context);
  const path = context.line.texts['token-file'];
  const token = path === undefined ? context.env['KOSATSU_TOKEN'] : readToken(context, path);
  return token === undefined || token.trim() === '' ? { by } : { by, token: token.trim() };
}

function readToken({ cwd, lang }: CommandContext, path: string): string {
  try {
    return readFileSync(resolve(cwd, path), 'utf8').slice(0, TOKEN_FILE_MAX);
  } catch {
    throw new UsageError(say(operatorSentences.tokenFile, lang, { path }));
  }
}

/** A token has 72 characters; whatever else lies in the file, no more is read. */
const TOKEN_FILE_MAX = 1_024;
