import type { Lang } from '../feed/item.ts';
import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import { StoreError } from '../outbox/outbox-store.ts';
import type { ExitCode } from './command.ts';

/** What a command says when it failed, and its exit code. */
export function failure(error: unknown, lang: Lang): { message: string; code: ExitCode } {
  if (error instanceof StoreError) {
    return {
      message: say(cliSentences.unexpected, lang, { detail: error.message }),
      code: error.code === 'read-only' ? 2 : 1,
    };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { message: say(cliSentences.unexpected, lang, { detail }), code: 1 };
}
