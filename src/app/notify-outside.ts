import PQueue from 'p-queue';
import type { Lang } from '../feed/item.ts';
import { outsideLimits } from '../limits/running.ts';
import { describeNotice } from '../messages/notices.ts';
import type { Scope } from '../outbox/entry.ts';
import type { App } from './app.ts';
import type { Clock, Delivery, Log, Notice, Notifier, Outside } from './ports.ts';
import { clearAlert, raiseAlert } from './tell-people.ts';

type Parts = {
  within: Notifier;
  outside: Outside;
  store: App['store'];
  scope: Scope;
  lang: Lang;
  clock: Clock;
  log: Log;
};

const ALERT = 'alarms-outside';

/**
 * A notifier that also hands alarms to the institution's own server, one after another in the background: nothing that is published
 * waits for it. What does not get there in a few tries is a line in the log, and stands on the board until one does: whoever relies on
 * being called must know that nobody calls. Disposing of it waits for what is on its way, within a bound.
 */
export function notifyOutside(parts: Parts): Notifier & AsyncDisposable {
  const { within, scope, lang, clock, log } = parts;
  const queue = new PQueue({ concurrency: 1 });
  const ending = new AbortController();
  const send = async (notice: Notice): Promise<void> => {
    const { code, params, severity } = notice;
    const at = new Date(clock.now()).toISOString();
    // `text` is what the common chat services show.
    const body = { text: describeNotice(notice, lang), code, severity, params, ...scope, at };
    const sent = await handOver(parts, body, ending.signal);
    if (sent.kind === 'none') return;
    if (sent.kind === 'failed')
      log.warn({ notice: code, detail: sent.detail }, 'an alarm did not get outside');
    await onTheBoard(parts, sent);
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

/** Until it is taken, the tries are used up, or the program ends. */
async function handOver({ outside, clock }: Parts, body: object, signal: AbortSignal): Promise<Delivery> {
  for (let tries = 1; ; tries += 1) {
    const sent = await outside.post('alarm', body, signal);
    if (sent.kind !== 'failed' || tries >= outsideLimits.tries || signal.aborted) return sent;
    await clock.sleep(outsideLimits.retryMs, signal);
  }
}

async function onTheBoard({ within, store, scope, clock, log }: Parts, sent: Delivery): Promise<void> {
  const telling = { store, scope, clock, notifier: within };
  try {
    if (sent.kind === 'failed') {
      const params = { detail: sent.detail };
      await raiseAlert(telling, ALERT, { code: 'alarm-undelivered', params, severity: 'warning' });
    } else await clearAlert(telling, ALERT, { code: 'alarms-delivered', params: {}, severity: 'info' });
  } catch (error) {
    // The store may be what the alarm is about, or only be read here.
    log.warn({ error }, 'the board could not be told how alarms get outside');
  }
}
