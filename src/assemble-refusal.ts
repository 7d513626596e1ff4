import { storePresent } from './adapters/sqlite/restore.ts';
import { noteRefusedSettings } from './app/note-refused-settings.ts';
import { storePlace, type ConfigRequest } from './config.ts';
import type { Mistake } from './messages/mistake.ts';
import { openStore } from './open-store.ts';

/**
 * Part of the composition root: records refused settings in the store that they name, where there is one already. Whatever stands in
 * the way of that is passed over: the person is being told of the mistakes, which must not be hidden by another.
 */
export async function recordRefusal(
  request: ConfigRequest,
  refusal: { command: string; mistakes: readonly Mistake[] },
): Promise<void> {
  try {
    const place = storePlace(request);
    if (place.databaseUrl === null && storePresent(place.dataDir) !== 'sound') return;
    const { store } = await openStore(place, 'write');
    try {
      await noteRefusedSettings(store.governance, refusal, Date.now());
    } finally {
      await store.close();
    }
  } catch {
    // A store that cannot be opened has alarms and sentences of its own.
  }
}
