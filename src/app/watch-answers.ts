import { workerLimits } from '../limits/running.ts';
import type { App } from './app.ts';
import type { PublishReport } from './publish-next.ts';
import { clearAlert, raiseAlert } from './tell-people.ts';

/** Key of the alert that X's answers do not tell what became of posts. */
const UNCLEAR = 'unclear';

/**
 * Tells people when one answer of X after the other leaves a post's fate open. Each post is looked for and, where it is not there, sent
 * again, so that nothing is lost; but all are late, and without this nobody would hear of an outage that lasts for hours.
 */
export class AnswerWatch {
  readonly #app: App;
  #sinceBoot: number | null = null;
  /** Of what an earlier process left on the board the start counts. */
  #lastBoot: number | null;

  constructor(app: App) {
    this.#app = app;
    this.#lastBoot = app.clock.bootMs();
  }

  /** After every report of either slot. */
  async look(report: PublishReport): Promise<void> {
    const now = this.#app.clock.bootMs();
    const isOver = this.#lastBoot !== null && now - this.#lastBoot >= workerLimits.unclearTellMs;
    const outcome = report.kind === 'attempted' && report.outcome.kind !== 'not-sent' ? report.outcome : null;
    if (isOver || (outcome !== null && outcome.kind !== 'uncertain')) {
      this.#sinceBoot = this.#lastBoot = null;
      await clearAlert(this.#app, UNCLEAR);
    }
    if (outcome?.kind !== 'uncertain') return;
    this.#lastBoot = now;
    this.#sinceBoot ??= now;
    if (now - this.#sinceBoot < workerLimits.unclearTellMs) return;
    const params = { account: this.#app.scope.account, detail: outcome.detail };
    await raiseAlert(this.#app, UNCLEAR, { code: 'account-unclear', params, severity: 'alarm' });
  }
}
