import { progressLimits } from '../limits/running.ts';
import type { App } from './app.ts';
import type { Running } from './progress.ts';
import type { PublishReport } from './publish-next.ts';

/** Tells how far the main posts are that wait since an outage or a pause. One for each run of the lane. */
export class BacklogWatch implements Disposable {
  readonly #app: App;
  #running: Running | null = null;
  #done = 0;

  constructor(app: App) {
    this.#app = app;
  }

  /** After every report of the main slot. Begins where enough is due, and ends with nothing due, a pause or a stop. */
  async look(report: PublishReport): Promise<void> {
    if (report.kind === 'unreachable') return;
    if (report.kind === 'idle' || report.kind === 'lease-lost' || this.#running?.signal.aborted === true)
      return this[Symbol.dispose]();
    const due = await this.#countDue();
    if (due === 0) return this[Symbol.dispose]();
    // What comes back into the queue was not done.
    const left = report.entry.state === 'queued' ? 0 : 1;
    if (this.#running === null) {
      if (due + left < progressLimits.backlogMin) return;
      const { progress, scope, clock } = this.#app;
      this.#running = progress.begin('backlog', scope.account, due + left, clock.now());
      this.#done = 0;
    }
    this.#done += left;
    this.#running.step(this.#done, this.#done + due);
  }

  [Symbol.dispose](): void {
    this.#running?.[Symbol.dispose]();
    this.#running = null;
  }

  /** Publishing never stands still because nobody could be told of it. */
  async #countDue(): Promise<number> {
    const { store, scope, clock, log } = this.#app;
    try {
      return await store.countDue(scope, 'main', clock.now());
    } catch (error) {
      log.warn({ err: String(error) }, 'what is due could not be counted');
      return 0;
    }
  }
}
