import type { Answer } from '../../src/publish/answer.ts';
import type { OwnPost } from '../../src/publish/publisher.ts';
import { snowflakeAt } from '../../src/publish/snowflake.ts';
import type { XStrike } from './faults.ts';
import type { RunOptions, Stretch } from './options.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** A post as X holds it. `visibleAt` is when reads begin to show it. */
export type ModelPost = {
  id: string;
  text: string;
  at: number;
  visibleAt: number;
  deletedAt: number | null;
};

/** X as the program meets it: it accepts, loses answers, throttles, lags and forgets repeated texts. It has no idempotency key. */
export class ModelX {
  readonly posts: ModelPost[] = [];
  /** Requests that arrived, for the checks. */
  readonly arrivals: { at: number; text: string; throttled: boolean }[] = [];
  readonly #scheduler: Scheduler;
  readonly #options: RunOptions;
  readonly #random: Random;
  readonly #wallBase: number;
  #order = 0;

  constructor(scheduler: Scheduler, options: RunOptions, random: Random, wallBase: number) {
    this.#scheduler = scheduler;
    this.#options = options;
    this.#random = random;
    this.#wallBase = wallBase;
  }

  wall(): number {
    return this.#wallBase + this.#scheduler.now;
  }

  /** One POST arrives. Null: no answer ever comes. `clientSkewMs` is how wrong the sender's clock is, which its signature shows. */
  receive(text: string, strike: XStrike | null, clientSkewMs: number): Answer | null {
    const { now } = this.#scheduler;
    const throttle = this.#within(this.#options.throttled);
    this.arrivals.push({ at: now, text, throttled: throttle !== null });
    if (throttle !== null) {
      const reset = String(Math.ceil((this.#wallBase + throttle.to) / 1000));
      const headers = {
        'x-rate-limit-limit': '100',
        'x-rate-limit-remaining': '0',
        'x-rate-limit-reset': reset,
      };
      return this.#json(
        429,
        { title: 'Too Many Requests', detail: 'Too Many Requests', status: 429 },
        headers,
      );
    }
    if (this.#within(this.#options.refused) !== null || Math.abs(clientSkewMs) > 300_000) {
      return this.#json(401, {
        title: 'Unauthorized',
        type: 'about:blank',
        status: 401,
        detail: 'Unauthorized',
      });
    }
    switch (strike?.do) {
      case 'reset-before':
        return lost('ECONNRESET');
      case 'server-error':
        if (strike.processed) this.#accept(text, now);
        return this.#json(503, { title: 'Service Unavailable', status: 503 });
      case 'person-first':
        this.#accept(text, now);
        return this.#answer(text);
      case 'zombie':
        this.#scheduler.after(strike.ms, () => {
          if (!this.#isDuplicate(text)) this.#accept(text, this.#scheduler.now);
        });
        return null;
      case 'answer-lost':
        this.#answer(text);
        return null;
      case 'no-id':
        this.#answer(text);
        return this.#json(200, { errors: [{ title: 'partial' }] });
      case 'not-connected':
      case undefined:
        return this.#answer(text);
    }
  }

  /** The own posts that a read sees that begins now, newest first. */
  timeline(sinceId: string | null): readonly OwnPost[] | 'unreadable' {
    if (this.#within(this.#options.unreadable) !== null || this.#within(this.#options.refused) !== null)
      return 'unreadable';
    const { now } = this.#scheduler;
    return this.posts
      .filter((post) => post.visibleAt <= now && (post.deletedAt === null || post.deletedAt > now))
      .filter((post) => sinceId === null || BigInt(post.id) > BigInt(sinceId))
      .map((post) => ({
        remoteId: post.id,
        text: post.text,
        links: post.text.match(/https?:\/\/\S+/g) ?? [],
        createdAt: this.#wallBase + post.at,
      }))
      .toReversed();
  }

  delete(id: string): 'deleted' | 'gone' {
    const post = this.posts.find((one) => one.id === id && one.deletedAt === null);
    if (post === undefined) return 'gone';
    post.deletedAt = this.#scheduler.now;
    return 'deleted';
  }

  identityReadable(): boolean {
    return this.#within(this.#options.refused) === null;
  }

  #answer(text: string): Answer {
    if (this.#isDuplicate(text) && !this.#random.chance(this.#options.duplicateMissRate)) {
      return this.#json(403, {
        detail: 'You are not allowed to create a Tweet with duplicate content.',
        type: 'about:blank',
        title: 'Forbidden',
        status: 403,
      });
    }
    return this.#json(201, { data: { id: this.#accept(text, this.#scheduler.now), text } });
  }

  #accept(text: string, at: number): string {
    const id = (BigInt(snowflakeAt(this.#wallBase + at)) + BigInt((this.#order += 1))).toString();
    const lag = Math.floor(this.#random.fraction() * this.#options.readLagMs);
    this.posts.push({ id, text, at, visibleAt: at + lag, deletedAt: null });
    return id;
  }

  #isDuplicate(text: string): boolean {
    const since = this.#scheduler.now - this.#options.duplicateWindowMs;
    return this.posts.some((post) => post.text === text && post.deletedAt === null && post.at > since);
  }

  #within(stretches: readonly Stretch[]): Stretch | null {
    const { now } = this.#scheduler;
    return stretches.find((one) => one.from <= now && now < one.to) ?? null;
  }

  #json(status: number, body: object, headers: Record<string, string> = {}): Answer {
    return {
      kind: 'response',
      status,
      headers: { ...headers, date: new Date(this.wall()).toUTCString() },
      body,
      complete: true,
    };
  }
}

/** The connection broke after bytes had left. */
export function lost(code: string): Answer {
  return { kind: 'failure', phase: 'after-write', code, message: code };
}
