import { workerLimits } from '../limits/running.ts';
import type { App } from './app.ts';
import type { PublishReport } from './publish-next.ts';
import { clearAlert, raiseAlert } from './tell-people.ts';

/** Key of the alert that X cannot be reached. */
export const UNREACHABLE = 'unreachable';

/** Tells people when posts wait because X cannot be reached for longer than it now and then happens, and when it can be again. */
export class ReachWatch {
  readonly #app: App;
  #sinceBoot: number | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  /** After every report of either slot. */
  async look(report: PublishReport): Promise<void> {
    if (report.kind === 'unreachable') return this.#missed(report);
    // What is set aside, or not due, says nothing about the way to X.
    if (report.kind !== 'attempted' || report.outcome.kind === 'not-sent') return;
    this.#sinceBoot = null;
    const isOut = report.outcome.kind === 'published';
    const works = { code: 'account-works-again', params: {}, severity: 'info' } as const;
    await clearAlert(this.#app, UNREACHABLE, isOut ? works : undefined);
  }

  async #missed({ detail, isTold }: PublishReport & { kind: 'unreachable' }): Promise<void> {
    if (isTold) return;
    const { clock, scope } = this.#app;
    this.#sinceBoot ??= clock.bootMs();
    if (clock.bootMs() - this.#sinceBoot < workerLimits.unreachableTellMs) return;
    const params = { account: scope.account, detail };
    await raiseAlert(this.#app, UNREACHABLE, { code: 'account-unreachable', params, severity: 'alarm' });
  }
}
