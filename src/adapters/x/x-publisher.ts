import type { XCredentials } from '../../config.ts';
import { textHash } from '../../compose/text-hash.ts';
import type { EpochMs } from '../../feed/item.ts';
import { answerLimits, publishLimits } from '../../limits/publishing.ts';
import type { Entry, Scope } from '../../outbox/entry.ts';
import { isRemoteId } from '../../publish/answer.ts';
import { classifyAnswer } from '../../publish/classify-answer.ts';
import { classifyDeletion } from '../../publish/classify-deletion.ts';
import { classifyIdentity } from '../../publish/classify-reading.ts';
import type {
  Connection,
  Deletion,
  Fence,
  Identity,
  Outcome,
  OwnTimeline,
  Prepared,
  Publisher,
} from '../../publish/publisher.ts';
import { exchange, loadLibrary } from './exchange.ts';
import { XConnection, openToX } from './open-connection.ts';
import { readOwnPosts } from './read-own-posts.ts';
import { read } from './read-x.ts';
import { type Target, targetOf } from './target.ts';

/** `apiUrl` is the server that plays X (loopback only), null for X itself; `now` is wall time. */
export type XPublisherOptions = {
  credentials: XCredentials;
  apiUrl: URL | null;
  scope: Scope;
  now: () => EpochMs;
};

/** The account at X. Throws at once where scope and address do not belong together; later nothing throws. */
export function createXPublisher(options: XPublisherOptions): Publisher {
  return new XPublisher(options);
}

class XPublisher implements Publisher {
  readonly scope: Scope;
  readonly #credentials: XCredentials;
  readonly #target: Target;
  readonly #now: () => EpochMs;

  constructor({ credentials, apiUrl, scope, now }: XPublisherOptions) {
    this.#target = targetOf(apiUrl, scope);
    this.scope = scope;
    this.#credentials = credentials;
    this.#now = now;
  }

  async prepare(signal: AbortSignal): Promise<Prepared> {
    const [opening] = await Promise.all([openToX(this.#target, signal), loadLibrary()]);
    if (opening.kind === 'failed') return { kind: 'not-sent', detail: `${opening.code} ${opening.message}` };
    return { kind: 'ready', connection: opening.connection };
  }

  async publish(connection: Connection, entry: Entry, fence: Fence, deadlineMs: number): Promise<Outcome> {
    try {
      const refusal = this.#refuse(entry);
      if (refusal !== null) return { kind: 'rejected', status: 0, detail: refusal };
      if (!(connection instanceof XConnection))
        return notSent('network', 'the connection is not one of this publisher');
      const limitMs = Math.min(deadlineMs, publishLimits.postDeadlineMs);
      // Also where it is no number.
      if (!(limitMs >= answerLimits.postMinMs))
        return notSent('fence', 'too little time is left for an answer');
      const exchanged = await exchange({
        connection,
        credentials: this.#credentials,
        fence: this.#fenceFor(entry, fence),
        deadlineMs: limitMs,
        send: (client, how) => client.post('tweets', { text: entry.text }, how),
      });
      if (exchanged.kind === 'answered') return classifyAnswer(exchanged.answer, this.#now());
      // What the list refuses today it refuses tomorrow.
      if (exchanged.by === 'list') return { kind: 'rejected', status: 0, detail: exchanged.detail };
      return notSent('fence', exchanged.detail);
    } finally {
      connection.close();
    }
  }

  async identity(signal: AbortSignal): Promise<Identity> {
    const { answer } = await read(this.#reader(signal), (client, how) => client.get('users/me', {}, how));
    return classifyIdentity(answer, this.#now());
  }

  ownPosts(request: {
    accountId: string;
    sinceId: string | null;
    signal: AbortSignal;
  }): Promise<OwnTimeline> {
    return readOwnPosts(this.#reader(request.signal), request);
  }

  async withdraw(remoteId: string, deadlineMs: number): Promise<Deletion> {
    if (!isRemoteId(remoteId)) return { kind: 'refused', detail: 'not an id of a post' };
    const path = `tweets/${remoteId}`;
    const reader = {
      ...this.#reader(new AbortController().signal),
      deadlineMs: Math.min(deadlineMs, publishLimits.postDeadlineMs),
    };
    const { answer } = await read(reader, (client, how) => client.delete(path, {}, how));
    return classifyDeletion(answer, this.#now());
  }

  #reader(signal: AbortSignal): Parameters<typeof read>[0] {
    const { readDeadlineMs } = publishLimits;
    return {
      target: this.#target,
      credentials: this.#credentials,
      signal,
      deadlineMs: readDeadlineMs,
      now: this.#now,
    };
  }

  /** What may not go out through this publisher whatever X would say; null where all is well. */
  #refuse(entry: Entry): string | null {
    const { mode, account, text } = entry;
    if (mode !== this.scope.mode) return `made for mode ${mode}, this publisher is ${this.scope.mode}`;
    if (account !== this.scope.account)
      return `made for @${account}, this publisher is @${this.scope.account}`;
    if (textHash({ text, mode, account }) !== entry.textHash)
      return 'the text is not the one that was judged';
    return null;
  }

  /** The attempt's own deadline stands beside the caller's fence, in the same instant before the write. */
  #fenceFor({ attempt, state }: Entry, fence: Fence): Fence {
    return () => {
      if (attempt === null || state !== 'attempting')
        return { kind: 'stop', detail: 'the attempt is not on record' };
      if (this.#now() >= attempt.deadlineAt)
        return { kind: 'stop', detail: 'the deadline of the attempt has passed' };
      return fence();
    };
  }
}

function notSent(cause: 'network' | 'fence', detail: string): Outcome {
  return { kind: 'not-sent', cause, detail };
}
