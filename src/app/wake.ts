import type { Clock } from './ports.ts';

/** Lets a loop sleep until there is something to do: until its time, a knock, or the end. */
export type Wake = {
  knock(): void;
  wait(ms: number, clock: Clock, signal: AbortSignal): Promise<void>;
};

/** Nobody reads why a wait ended; without a reason of ours an exception with its stack would be made for every one. */
const OVER = 'over';

/** A knock that comes while nobody waits is kept for the next wait, so that none is missed. */
export function createWake(): Wake {
  let knocked = false;
  let open: AbortController | null = null;
  return {
    knock() {
      knocked = true;
      open?.abort(OVER);
    },
    async wait(ms, clock, signal) {
      if (!knocked && !signal.aborted) {
        // Not AbortSignal.any(): a loop would leave a follower on the long-lived signal at every turn.
        const asleep = new AbortController();
        const end = (): void => asleep.abort(OVER);
        open = asleep;
        signal.addEventListener('abort', end, { once: true });
        await clock.sleep(ms, asleep.signal);
        signal.removeEventListener('abort', end);
        open = null;
      }
      knocked = false;
    },
  };
}
