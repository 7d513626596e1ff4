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
  /** When it was missed last; null once that is over. Of what an earlier process left on the board the start counts. */
  #missedBoot: number | null;

  constructor(app: App) {
    this.#app = app;
    this.#missedBoot = app.clock.bootMs();
  }

  /** After every report of either slot. */
  async look(report: PublishReport): Promise<void> {
    if (report.kind === 'unreachable') return this.#missed(report);
    if (report.kind === 'idle') return this.#rested();
    // What is set aside says nothing about the way to X.
    if (report.kind !== 'attempted') return;
    // Nothing left: once that happens, now and then; again and again it is as if X could not be reached.
    if (report.outcome.kind === 'not-sent')
      return this.#missed({ detail: report.outcome.detail, isTold: false });
    this.#sinceBoot = this.#missedBoot = null;
    const isOut = report.outcome.kind === 'published';
    const works = { code: 'account-works-again', params: {}, severity: 'info' } as const;
    await clearAlert(this.#app, UNREACHABLE, isOut ? works : undefined);
  }

  /** A slot that has a post to send comes back before so long: none waits any more, so none waits for X. */
  async #rested(): Promise<void> {
    if (this.#missedBoot === null) return;
    if (this.#app.clock.bootMs() - this.#missedBoot < 2 * workerLimits.unreachableMaxMs) return;
    this.#sinceBoot = this.#missedBoot = null;
    await clearAlert(this.#app, UNREACHABLE);
  }

  async #missed({ detail, isTold }: { detail: string; isTold: boolean }): Promise<void> {
    if (isTold) return;
    const { clock, scope } = this.#app;
    this.#missedBoot = clock.bootMs();
    this.#sinceBoot ??= this.#missedBoot;
    if (clock.bootMs() - this.#sinceBoot < workerLimits.unreachableTellMs) return;
    const params = { account: scope.account, detail };
    await raiseAlert(this.#app, UNREACHABLE, { code: 'account-unreachable', params, severity: 'alarm' });
  }
}
