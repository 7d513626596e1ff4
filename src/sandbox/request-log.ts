import { sandboxLimits } from '../limits/edges.ts';

/** A request that reached the sandbox. `status` is what was answered; null: no complete answer left. */
export type LoggedRequest = {
  /** Counts up from 1 and never repeats, so that a reader notices what the bounded log dropped. */
  number: number;
  /** Arrival, ISO 8601 UTC. */
  at: string;
  method: string;
  path: string;
  query: Record<string, string>;
  /** Without secrets: of an Authorization header only the scheme is kept. */
  headers: Record<string, string>;
  /** As it came, cut after some thousand characters; null where there was none. */
  body: string | null;
  status: number | null;
  /** The fault that was played on it, if any. */
  fault: string | null;
  /** Why X would refuse it, where the answer does not say. */
  remark: string | null;
};

const SECRET_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** The newest requests, oldest first, so that tests can show what left the program. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #count = 0;

  /** Notes an arrival; the entry is filled in later by whoever answers. */
  arrive(method: string, url: URL, headers: Headers, now: number): LoggedRequest {
    this.#count += 1;
    const entry: LoggedRequest = {
      number: this.#count,
      at: new Date(now).toISOString(),
      method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries([...headers].map(([name, value]) => [name, withoutSecret(name, value)])),
      body: null,
      status: null,
      fault: null,
      remark: null,
    };
    this.#entries.push(entry);
    if (this.#entries.length > sandboxLimits.requestsKept) this.#entries.shift();
    return entry;
  }

  all(): readonly LoggedRequest[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}

/** A body as the log keeps it. */
export function loggedBody(body: string): string | null {
  if (body === '') return null;
  const most = sandboxLimits.loggedBodyChars;
  return body.length > most ? `${body.slice(0, most)}…` : body;
}

function withoutSecret(name: string, value: string): string {
  if (!SECRET_HEADERS.has(name.toLowerCase())) return value;
  return `${value.split(' ', 1)[0]} (hidden)`;
}
