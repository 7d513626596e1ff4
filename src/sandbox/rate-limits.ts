import { sandboxLimits } from '../limits/edges.ts';

/** What can be asked of X here, as its limits count it. */
export type Operation = 'post' | 'delete' | 'read' | 'identity';

export const OPERATIONS: readonly Operation[] = ['post', 'delete', 'read', 'identity'];

type Window = { limit: number; lengthMs: number; endsAt: number; used: number };

/** X's per-user limits: fixed windows that begin with the first request. */
export class RateLimits {
  #windows = new Map<Operation, Window>();

  /** Counts one request and says whether it may pass; the headers go on every answer, refused or not. */
  count(operation: Operation, now: number): { allowed: boolean; headers: Record<string, string> } {
    const window = this.#windowOf(operation);
    if (now >= window.endsAt) {
      window.endsAt = now + window.lengthMs;
      window.used = 0;
    }
    const allowed = window.used < window.limit;
    if (allowed) window.used += 1;
    return { allowed, headers: rateHeaders(window.limit, window.limit - window.used, window.endsAt) };
  }

  /** Another limit for one operation, starting with an empty window. */
  set(operation: Operation, limit: number, lengthMs: number): void {
    this.#windows.set(operation, { limit, lengthMs, endsAt: 0, used: 0 });
  }

  /** Back to X's own numbers, nothing used. */
  clear(): void {
    this.#windows = new Map();
  }

  #windowOf(operation: Operation): Window {
    const known = this.#windows.get(operation);
    if (known !== undefined) return known;
    const { rateWindowMs, ratePerWindow } = sandboxLimits;
    const fresh: Window = { limit: ratePerWindow[operation], lengthMs: rateWindowMs, endsAt: 0, used: 0 };
    this.#windows.set(operation, fresh);
    return fresh;
  }
}

/** `resetsAt` in epoch milliseconds; the header carries whole seconds, rounded up so that waiting until then suffices. */
export function rateHeaders(limit: number, remaining: number, resetsAt: number): Record<string, string> {
  return {
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(remaining),
    'x-rate-limit-reset': String(Math.ceil(resetsAt / 1_000)),
  };
}
