import PQueue from 'p-queue';
import type { Lang } from '../feed/item.ts';
import { outsideLimits } from '../limits/running.ts';
import { describeNotice } from '../messages/notices.ts';
import type { Scope } from '../outbox/entry.ts';
import type { Clock, Log, Notice, Notifier, Outside } from './ports.ts';

type Parts = { within: Notifier; outside: Outside; scope: Scope; lang: Lang; clock: Clock; log: Log };

/**
 * A notifier that also hands alarms to the institution's own server, one after another in the background: nothing that is published
 * waits for it, and its failure is a line in the log and no alarm of its own. Disposing of it waits for what is on its way, within a bound.
 */
export function notifyOutside(parts: Parts): Notifier & AsyncDisposable {
  const { within, outside, scope, lang, clock, log } = parts;
  const queue = new PQueue({ concurrency: 1 });
  const ending = new AbortController();
  const send = async (notice: Notice): Promise<void> => {
    const { code, params, severity } = notice;
    const at = new Date(clock.now()).toISOString();
    // `text` is what the common chat services show.
    const body = { text: describeNotice(notice, lang), code, severity, params, ...scope, at };
    const sent = await outside.post('alarm', body, ending.signal);
    if (sent.kind === 'failed')
      log.warn({ notice: code, detail: sent.detail }, 'an alarm did not get outside');
  };
  return {
    async tell(notice) {
      await within.tell(notice);
      if (notice.severity !== 'alarm') return;
      if (queue.size < outsideLimits.waitingMax) void queue.add(() => send(notice));
      else
        log.warn(
          { notice: notice.code },
          'too many alarms wait for the server outside; this one is only here',
        );
    },
    async [Symbol.asyncDispose]() {
      const done = new AbortController();
      const bound = clock.sleep(outsideLimits.closeMs, done.signal).then(() => ending.abort());
      await queue.onIdle();
      done.abort();
      await bound;
    },
  };
}
