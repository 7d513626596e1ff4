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
  /** What was said of the present trouble, and when: one fault may show itself under several codes in turns. */
  readonly #told = new Map<string, number>();
  /** Whether something was said that the store could not remember. */
  #isUnkept = false;

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
      await raiseAlert(this.#app, KEY, notice, this.#told.keys());
    } catch {
      // The store that failed is also where alerts are kept: people are told all the same, but not at every pause.
      this.#isUnkept = true;
      const toldAt = this.#told.get(code);
      if (toldAt !== undefined && clock.bootMs() - toldAt < noticeLimits.repeatWithoutStoreMs) return;
      await notifier.tell(notice);
    }
    this.#told.set(code, clock.bootMs());
  }

  /** Takes the alert off the board once no loop has failed for long enough that each has had its turn. */
  async look(): Promise<void> {
    if (this.#troubleBoot === null) return;
    if (this.#app.clock.bootMs() - this.#troubleBoot < workerLimits.soundAgainMs) return;
    const codes = [...this.#told.keys()];
    const wasUnkept = this.#isUnkept;
    this.#isUnkept = false;
    this.#told.clear();
    this.#troubleBoot = null;
    const works = { code: 'store-works-again', params: {}, severity: 'info' } as const;
    const present = (await this.#app.store.alerts(this.#app.scope)).find(({ key }) => key === KEY);
    // What was told without the store stands on no board, but is over as well.
    if (present === undefined && wasUnkept) await this.#app.notifier.tell(works);
    const isStore = [...codes, present?.code ?? ''].some((code) => code.startsWith('store-'));
    await clearAlert(this.#app, KEY, isStore ? works : undefined);
  }
}
