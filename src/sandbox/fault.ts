import { z } from 'zod';
import { sandboxLimits } from '../limits/edges.ts';
import { OPERATIONS, type Operation } from './rate-limits.ts';

const ms = z.number().int().min(0).max(sandboxLimits.faultDelayMaxMs);
const common = {
  /** Which requests it hits; `any` is any request to X. */
  on: z.enum([...OPERATIONS, 'feed', 'any']).default('post'),
  /** How many of them; 0 means until the faults are cleared. */
  count: z.number().int().min(0).max(1_000_000).default(1),
  /** Hits only a request whose body contains this. */
  containing: z.string().max(1_000).optional(),
};

/**
 * What can be made to go wrong. `processed` says whether X did what was asked before it answered badly:
 * the difference that no client can see.
 */
const faultSchema = z.discriminatedUnion('fault', [
  /** Done, then the connection is closed without an answer, after `ms`. */
  z.strictObject({ fault: z.literal('lost-answer'), ms: ms.default(0), ...common }),
  /** The request or its answer waits. Before: X acts after the wait, even if the client has gone by then. */
  z.strictObject({
    fault: z.literal('delay'),
    ms,
    when: z.enum(['before', 'after']).default('after'),
    ...common,
  }),
  /** Any status; `json` replaces X's usual body. */
  z.strictObject({
    fault: z.literal('status'),
    status: z.number().int().min(200).max(599).default(503),
    body: z.enum(['json', 'html', 'empty']).default('json'),
    json: z.unknown().optional(),
    headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string().regex(/^[\x20-\x7e]*$/)).default({}),
    processed: z.boolean().default(false),
    ...common,
  }),
  /** TCP reset: nothing done, unless `processed`. */
  z.strictObject({ fault: z.literal('reset'), processed: z.boolean().default(false), ...common }),
  z.strictObject({ fault: z.literal('unauthorized'), ...common }),
  z.strictObject({ fault: z.literal('credits'), ...common }),
  z.strictObject({ fault: z.literal('suspended'), ...common }),
  z.strictObject({ fault: z.literal('locked'), ...common }),
  z.strictObject({ fault: z.literal('client-forbidden'), ...common }),
  z.strictObject({ fault: z.literal('account-limit'), ...common }),
  z.strictObject({ fault: z.literal('not-permitted'), ...common }),
  z.strictObject({ fault: z.literal('duplicate'), ...common }),
  /** 429 to everything until then: epoch milliseconds, ISO 8601, or `ms` from now. `headers: false` keeps the time secret. */
  z.strictObject({
    fault: z.literal('throttle'),
    until: z.union([z.number(), z.iso.datetime({ offset: true })]).optional(),
    ms: ms.optional(),
    headers: z.boolean().default(true),
    ...common,
    count: common.count.default(0),
  }),
  /** Another allowance than X's own for the operations; stays until cleared. */
  z.strictObject({
    fault: z.literal('limit'),
    limit: z.number().int().min(0).max(1_000_000),
    windowMs: z.number().int().min(1).max(86_400_000).default(sandboxLimits.rateWindowMs),
    on: z.enum([...OPERATIONS, 'any']).default('post'),
  }),
  /** An answer that no client should believe. Most pretend success. */
  z.strictObject({
    fault: z.literal('garbage'),
    variant: z.enum([
      'html',
      'empty',
      'truncated',
      'errors-null',
      'errors-only',
      'no-id',
      'redirect',
      'huge',
      'drip',
    ]),
    status: z.number().int().min(200).max(599).optional(),
    processed: z.boolean().default(true),
    ...common,
  }),
  /** Posts appear to readers only this much later; stays until cleared. */
  z.strictObject({ fault: z.literal('read-lag'), ms }),
]);

/** What a fault may hit: an operation of X, or a reading of the feeds. */
export type FaultTarget = Operation | 'feed';

/** A fault as it is asked for, defaults filled in. */
export type Fault = z.output<typeof faultSchema>;

/** Faults that hit a request; the others change a setting. */
export type RequestFault = Exclude<Fault, { fault: 'limit' | 'read-lag' }>;

/** A request's fault together with how often it may still hit; null: until cleared. */
export type PendingFault = { fault: RequestFault; left: number | null };

/** Reads one fault, or says in sentences what is wrong with it. */
export function readFault(
  json: unknown,
): { kind: 'fault'; fault: Fault } | { kind: 'wrong'; mistakes: string[] } {
  const parsed = faultSchema.safeParse(json);
  if (parsed.success) return { kind: 'fault', fault: parsed.data };
  return {
    kind: 'wrong',
    mistakes: parsed.error.issues.map((i) => `${i.path.join('.') || '$'}: ${i.message}`),
  };
}

/** The faults that wait for their requests, in the order in which they were asked for. */
export class FaultList {
  #pending: PendingFault[] = [];

  /** False where the list is full. */
  add(fault: RequestFault, now: number): boolean {
    if (this.#pending.length >= sandboxLimits.faultsMax) return false;
    // A relative time counts from the moment of asking.
    const timed = fault.fault === 'throttle' ? { ...fault, until: throttledUntil(fault, now) } : fault;
    this.#pending.push({ fault: timed, left: fault.count === 0 ? null : fault.count });
    return true;
  }

  /** The first fault that fits the request, counted as used; null where all is well. */
  take(target: FaultTarget, body: string, now: number): RequestFault | null {
    this.#pending = this.#pending.filter(
      ({ fault }) => fault.fault !== 'throttle' || throttledUntil(fault, now) > now,
    );
    const hit = this.#pending.find(
      ({ fault }) =>
        (fault.on === target || (fault.on === 'any' && target !== 'feed')) &&
        (fault.containing === undefined || textOf(body).includes(fault.containing)),
    );
    if (hit === undefined) return null;
    if (hit.left !== null) hit.left -= 1;
    this.#pending = this.#pending.filter(({ left }) => left !== 0);
    return hit.fault;
  }

  all(): readonly PendingFault[] {
    return this.#pending;
  }

  clear(): void {
    this.#pending = [];
  }
}

/** JSON bodies may hold Japanese as \u escapes. */
function textOf(body: string): string {
  return body.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** End of a throttle in epoch milliseconds; X's own window where nothing was said. */
export function throttledUntil(fault: Extract<RequestFault, { fault: 'throttle' }>, now: number): number {
  if (typeof fault.until === 'number') return fault.until;
  if (typeof fault.until === 'string') return Date.parse(fault.until);
  return now + (fault.ms ?? sandboxLimits.rateWindowMs);
}
