import { noticeLimits, workerLimits } from '../limits/running.ts';
import { StoreError } from '../outbox/outbox-store.ts';
import type { App } from './app.ts';
import { clearAlert, raiseAlert } from './tell-people.ts';

/** Key of the alert that a loop of the worker fails, mostly because of the storage. */
const KEY = 'store';

/** Tells people that a loop of the worker fails, and, when none has for a while, that the storage works again. */
export class StorageWatch {
  readonly #app: App;
  /** When a loop failed last. Of what an earlier process left on the board it is not known, so the start counts. */
  #troubleBoot: number | null;
  /** What was said last while the store could not remember it. */
  #told: { code: string; atBoot: number } | null = null;

  constructor(app: App) {
    this.#app = app;
    this.#troubleBoot = app.clock.bootMs();
  }

  /** A loop, or `what` of it, failed of this. Does not reject for a store that does. */
  async failed(error: unknown, what: string | null = null): Promise<void> {
    const { clock, notifier } = this.#app;
    this.#troubleBoot = clock.bootMs();
    const words = error instanceof Error ? error.message : String(error);
    const detail = what === null ? words : `${what}: ${words}`;
    const code = error instanceof StoreError ? (`store-${error.code}` as const) : 'unexpected';
    const notice = { code, params: { detail }, severity: 'alarm' } as const;
    try {
      await raiseAlert(this.#app, KEY, notice);
    } catch {
      // The store that failed is also where alerts are kept: people are told all the same, but not at every pause.
      const again = this.#told?.code === code;
      if (again && clock.bootMs() - (this.#told?.atBoot ?? 0) < noticeLimits.repeatWithoutStoreMs) return;
      this.#told = { code, atBoot: clock.bootMs() };
      await notifier.tell(notice);
    }
  }

  /** Takes the alert off the board once no loop has failed for long enough that each has had its turn. */
  async look(): Promise<void> {
    if (this.#troubleBoot === null) return;
    if (this.#app.clock.bootMs() - this.#troubleBoot < workerLimits.soundAgainMs) return;
    const wasTold = this.#told !== null;
    this.#told = null;
    this.#troubleBoot = null;
    const works = { code: 'store-works-again', params: {}, severity: 'info' } as const;
    const present = (await this.#app.store.alerts(this.#app.scope)).find(({ key }) => key === KEY);
    // What was told without the store stands on no board, but is over as well.
    if (present === undefined && wasTold) await this.#app.notifier.tell(works);
    await clearAlert(this.#app, KEY, present?.code.startsWith('store-') === true ? works : undefined);
  }
}
