import type { Lang } from '../feed/item.ts';
import { cliSentences } from '../messages/cli.ts';
import { describeNotice } from '../messages/notices.ts';
import { say } from '../messages/sentence.ts';
import { StoreError } from '../outbox/outbox-store.ts';
import type { ExitCode } from './command.ts';

/** What the operating system says of a file or folder that a person chose and can mend. */
const PATH_TROUBLE: ReadonlySet<unknown> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'EEXIST',
  'ENOTDIR',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
]);

/** What a command says when it failed, and its exit code: 2 where a person chose what can't work, else 1. */
export function failure(error: unknown, lang: Lang): { message: string; code: ExitCode } {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof StoreError) {
    const message = describeNotice({ code: `store-${error.code}`, params: { detail } }, lang);
    return { message, code: ['read-only', 'too-old', 'outdated'].includes(error.code) ? 2 : 1 };
  }
  if (error instanceof Error && 'path' in error && 'code' in error && PATH_TROUBLE.has(error.code)) {
    return { message: say(cliSentences.pathTrouble, lang, { path: String(error.path), detail }), code: 2 };
  }
  return { message: say(cliSentences.unexpected, lang, { detail }), code: 1 };
}
