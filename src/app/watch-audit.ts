import { governanceLimits } from '../limits/storage.ts';
import { auditFindings } from '../messages/audit.ts';
import { say } from '../messages/sentence.ts';
import { watchSentences } from '../messages/watch.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import { verifyAudit } from './audit-log.ts';
import { pausePublishing } from './pauses.ts';
import { clearAlert, raiseAlert } from './tell-people.ts';

const ALERT = 'audit-broken';

/**
 * The program's own check of its log: when the worker starts, and once a day from then on, by what `kosatsu audit verify` does. A log
 * that was tampered with raises an alarm, which stays on the board until a check finds it sound again, and pauses publishing where
 * that is configured.
 */
export class AuditWatch {
  #checkedAtBoot: number | null = null;

  /** Returns whether it was time, and the whole log was read. */
  async look(app: App, signal: AbortSignal): Promise<boolean> {
    const bootMs = app.clock.bootMs();
    if (this.#checkedAtBoot !== null && bootMs - this.#checkedAtBoot < governanceLimits.dailyMs) return false;
    // Between two pages everything else has its turn: an urgent notice does not wait for the end of a long log.
    const rest = (): Promise<void> => app.clock.sleep(governanceLimits.auditRestMs, signal);
    const { problems } = await verifyAudit(app, new Map(), { rest, signal });
    if (signal.aborted) return false;
    this.#checkedAtBoot = bootMs;
    const [first] = problems;
    if (first === undefined) {
      await clearAlert(app, ALERT, { code: 'audit-sound-again', params: {}, severity: 'info' });
      return true;
    }
    const lang = app.config.operatorLang;
    const finding = say(auditFindings[first.kind], lang, { seq: first.seq ?? '', id: first.id ?? '' });
    const params = { count: problems.length, first: finding };
    const known = (await app.store.alerts(app.scope)).some(({ key }) => key === ALERT);
    await raiseAlert(app, ALERT, { code: 'audit-broken', params, severity: 'alarm' });
    // Once: what a person resumed in full knowledge stays resumed.
    if (!known && app.config.channel.watch.pauseOnBrokenLog)
      await pausePublishing(app, {
        by: PROGRAM,
        reason: say(watchSentences.pausedForBrokenLog, lang, { first: finding }),
      });
    return true;
  }
}
