import { createHash } from 'node:crypto';
import type { EpochMs } from '../feed/item.ts';
import { consoleLimits } from '../limits/edges.ts';
import { isSamePerson } from '../outbox/person-name.ts';
import type { Person } from './sign-in.ts';

/** The cookie that opens everything: sent to our own pages alone, and read by no script. */
export const SESSION_COOKIE = 'kosatsu';

/** What a person is told after an act, kept until the page that shows it is asked for. */
export type Notice = { tone: 'done' | 'warning'; text: string; to: string };

/** One browser in which a person has signed in. It lives in memory: after a restart everybody signs in again. */
export type Session = Person & {
  /** Shown in the list of sessions; opens nothing. */
  readonly id: string;
  /** Every form that changes something must bring it. */
  readonly csrf: string;
  readonly startedAt: EpochMs;
  lastSeenAt: EpochMs;
  /** The answers to forms that were sent, by their key: the same form sent again gets the same answer. */
  readonly answers: Map<string, Promise<Notice>>;
};

/** The open sessions. Only digests of the cookies are held. */
export class Sessions {
  readonly #open = new Map<string, Session>();
  readonly #secret: () => string;

  /** `secret` gives 256 bits that nobody can guess, as hexadecimal. */
  constructor(secret: () => string) {
    this.#secret = secret;
  }

  /** Begins a session and returns the words of its cookie. They are always new, so that nobody can plant them beforehand. */
  begin(person: Person, now: EpochMs): { cookie: string; session: Session } {
    if (this.#open.size >= consoleLimits.sessionsMax) this.#endOldest();
    const cookie = this.#secret();
    const session: Session = {
      ...person,
      id: this.#secret().slice(0, 12),
      csrf: this.#secret(),
      startedAt: now,
      lastSeenAt: now,
      answers: new Map(),
    };
    this.#open.set(digest(cookie), session);
    return { cookie, session };
  }

  /** The session of a cookie, if it is open still; looking counts as use. */
  find(cookie: string | undefined, now: EpochMs): Session | null {
    if (cookie === undefined || cookie === '') return null;
    const key = digest(cookie);
    const session = this.#open.get(key);
    if (session === undefined) return null;
    if (isOver(session, now)) {
      this.#open.delete(key);
      return null;
    }
    session.lastSeenAt = now;
    return session;
  }

  /** Whether it is open still. Looking does not count as use: a page that nobody touches must not keep itself signed in. */
  isOpen(session: Session, now: EpochMs): boolean {
    return [...this.#open.values()].includes(session) && !isOver(session, now);
  }

  end(session: Session): void {
    for (const [key, one] of this.#open) if (one === session) this.#open.delete(key);
  }

  /** A person's open sessions, newest first. */
  of(name: string): readonly Session[] {
    return [...this.#open.values()].filter((one) => isSamePerson(one.name, name)).toReversed();
  }

  #endOldest(): void {
    const [oldest] = [...this.#open].toSorted(([, a], [, b]) => a.lastSeenAt - b.lastSeenAt);
    if (oldest !== undefined) this.#open.delete(oldest[0]);
  }
}

function isOver({ startedAt, lastSeenAt }: Session, now: EpochMs): boolean {
  return now - startedAt > consoleLimits.sessionMs || now - lastSeenAt > consoleLimits.idleMs;
}

function digest(cookie: string): string {
  return createHash('sha256').update(cookie, 'utf8').digest('hex');
}
