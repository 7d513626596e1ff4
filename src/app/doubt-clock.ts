import type { EpochMs } from '../feed/item.ts';
import type { App } from './app.ts';

/**
 * How long this process has known each doubt, on the boot clock. Wall time may have jumped between an attempt and a look, and
 * would then cut the quarantine short; a doubt found at the start begins anew, because nothing is known of the time before.
 */
export class DoubtClock {
  readonly #since = new Map<string, number>();

  /** Milliseconds since this attempt's doubt was first asked about here. */
  ageMs(app: App, entry: { id: string; attempt: { nonce: string; at: EpochMs } | null }): number {
    const key = `${entry.id} ${entry.attempt?.nonce ?? ''}`;
    const now = app.clock.bootMs();
    const since = this.#since.get(key) ?? now;
    this.#since.set(key, since);
    return now - since;
  }

  /** Forgets all but these entries, so that a long life leaves nothing behind. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const key of this.#since.keys()) {
      if (!ids.has(key.slice(0, key.indexOf(' ')))) this.#since.delete(key);
    }
  }
}
