import PQueue from 'p-queue';
import type { Fetched, Fetcher, FetchProblem, FetchRequest, ServerHints } from '../../feed/fetched.ts';
import type { EpochMs } from '../../feed/item.ts';
import { fetchLimits } from '../../limits/intake.ts';
import { checkUrl, shownUrl } from './check-url.ts';
import { HostTurns } from './host-turns.ts';
import { nextHop } from './next-hop.ts';
import { pinnedLookup, resolveBySystem, type Resolve } from './pinned-lookup.ts';
import { requestHop, type HopAnswer } from './request-hop.ts';
import { freshForMs, retryAfterMs } from './server-hints.ts';
import { undoEncoding } from './undo-encoding.ts';
import { conditionalHeaders, keptValidators } from './validators.ts';

const ACCEPT = [
  'application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json',
  'application/xml;q=0.9, text/html;q=0.8, */*;q=0.5',
].join(', ');

type Limits = { readonly [Key in keyof typeof fetchLimits]: number };

/** All default to limits/intake.ts, the system's resolver, its authorities and its clock; tests give shorter and other ones. */
export type FetcherOptions = {
  limits?: Partial<Limits>;
  resolve?: Resolve;
  /** Extra certificate authority, PEM. */
  ca?: string;
  now?: () => EpochMs;
};

/** The fetcher on node:http and node:https. Holds no connection between fetches, so there is nothing to close. */
export function createFetcher(options: FetcherOptions = {}): Fetcher {
  const limits: Limits = { ...fetchLimits, ...options.limits };
  const all = new PQueue({ concurrency: limits.socketsMax });
  const { socketsPerHostMax: atOnce, hostApartMs: apartMs, hostPauseMaxMs: pauseMaxMs } = limits;
  const turns = new HostTurns({ atOnce, apartMs, pauseMaxMs }, () => performance.now());
  return {
    async get(request, signal) {
      const host = URL.parse(request.url)?.hostname ?? '';
      const visit = (): Promise<Fetched> => {
        const leftMs = turns.pauseLeftMs(host);
        if (leftMs > 0) return Promise.resolve(paused(host, leftMs));
        return all.add(() => fetchWithin(request, limits, options, signal));
      };
      const fetched = await turns.visit(host, !request.allowPrivateAddress, visit, signal);
      if (isNewPause(fetched)) turns.pause(host, fetched.retryAfterMs);
      return fetched;
    },
  };
}

/** The site asked one of its feeds for a pause; its other feeds are the same visitor to it. */
function paused(host: string, leftMs: number): Fetched {
  const detail = `${host} asked for fewer visits, ${Math.ceil(leftMs / 1_000)} s to go`;
  return failed({ code: 'throttled', detail }, leftMs);
}

function isNewPause(fetched: Fetched): fetched is Fetched & { kind: 'failed'; retryAfterMs: number } {
  return fetched.kind === 'failed' && fetched.problem.code === 'throttled' && fetched.retryAfterMs !== null;
}

/** The total deadline and the caller's signal, as one signal whose reason is the problem to report. */
async function fetchWithin(
  request: FetchRequest,
  limits: Limits,
  options: FetcherOptions,
  signal: AbortSignal,
): Promise<Fetched> {
  const stop = new AbortController();
  const late: FetchProblem = {
    code: 'timeout',
    detail: `not complete after ${limits.totalMs / 1_000} s`,
  };
  const timer = setTimeout(() => stop.abort(late), limits.totalMs);
  const onAbort = (): void => stop.abort();
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) stop.abort();
  try {
    return await followHops(request, limits, options, stop.signal);
  } catch (error) {
    // A defect here must cost one poll, not the worker.
    return failed({ code: 'unreachable', detail: `the fetch itself failed: ${String(error).slice(0, 200)}` });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

async function followHops(
  request: FetchRequest,
  limits: Limits,
  options: FetcherOptions,
  signal: AbortSignal,
): Promise<Fetched> {
  const first = checkUrl(request.url, null, request.allowPrivateAddress);
  if (first.kind === 'refused') return failed({ code: 'address-refused', detail: first.detail });
  const askedHost = first.url.host;
  const visited = new Set<string>();
  let url = first.url;
  let allowInner = request.allowPrivateAddress;
  let moved: Moved = { to: null, whole: true };
  for (;;) {
    visited.add(url.href);
    const sameHost = url.host === askedHost;
    const answer = await requestHop({
      url,
      headers: headersFor(request, sameHost),
      lookup: pinnedLookup(options.resolve ?? resolveBySystem, allowInner),
      ca: options.ca ?? null,
      idleMs: limits.idleMs,
      wireMaxBytes: limits.wireMaxBytes,
      headersMaxBytes: limits.headersMaxBytes,
      signal,
    });
    const redirectedFrom = visited.size > 1 ? first.url : null;
    if (answer.kind === 'failed') return failed(behindRedirect(answer.problem, redirectedFrom));
    if (answer.status < 300 || answer.status >= 400 || answer.status === 304) {
      const fetched = await finish(
        request,
        { url, sameHost, moved, answer },
        limits,
        options.now?.() ?? Date.now(),
      );
      if (fetched.kind !== 'failed') return fetched;
      return { ...fetched, problem: behindRedirect(fetched.problem, redirectedFrom) };
    }
    const next = nextHop({
      from: url,
      askedHost,
      answer,
      visited,
      allowInner,
      redirectsMax: limits.redirectsMax,
    });
    if (next.kind === 'refused') return failed({ code: 'redirect-refused', detail: next.detail });
    ({ url, allowInner } = next);
    moved = movedAfter(moved, answer.status, url);
  }
}

/** People know the address that they configured, not the one that failed behind it. */
function behindRedirect(problem: FetchProblem, asked: URL | null): FetchProblem {
  if (asked === null) return problem;
  return { ...problem, detail: `${problem.detail}; ${shownUrl(asked)} redirects there` };
}

type Answer = Extract<HopAnswer, { kind: 'answer' }>;

/** The address that a chain of permanent redirects leads to; what follows a temporary one is no lasting address. */
type Moved = { to: string | null; whole: boolean };

function movedAfter({ to, whole }: Moved, status: number, url: URL): Moved {
  const isPermanent = status === 301 || status === 308;
  return whole && isPermanent ? { to: url.href, whole } : { to, whole: false };
}

function hintsOf({ headers, certificateExpiresAt }: Answer, { to }: Moved, now: EpochMs): ServerHints {
  return {
    freshForMs: freshForMs(headers, now),
    certificateExpiresAt,
    ...(to === null ? {} : { movedTo: to }),
  };
}

/** Nothing that we send tells one host about another. */
function headersFor(request: FetchRequest, sameHost: boolean): Record<string, string> {
  return {
    'user-agent': request.userAgent,
    accept: ACCEPT,
    'accept-encoding': 'gzip, br, deflate',
    ...conditionalHeaders(request, sameHost),
  };
}

async function finish(
  request: FetchRequest,
  { url, sameHost, moved, answer }: { url: URL; sameHost: boolean; moved: Moved; answer: Answer },
  limits: Limits,
  now: EpochMs,
): Promise<Fetched> {
  const { status, headers, body } = answer;
  const hints = hintsOf(answer, moved, now);
  const validators = keptValidators(headers, sameHost, limits.validatorMaxChars);
  if (status === 304 && sameHost && (request.etag !== null || request.lastModified !== null)) {
    return { kind: 'not-modified', ...validators, hints };
  }
  if (body === null) return failed(statusProblem(status, url), retryAfterMs(headers, now), status === 410);
  const decoded = await undoEncoding(body, headers['content-encoding'], {
    maxBytes: limits.decodedMaxBytes,
    encodingsMax: limits.encodingsMax,
  });
  if (decoded.kind === 'failed') return failed(decoded.problem);
  const contentType = headers['content-type'] ?? null;
  return {
    kind: 'document',
    status,
    finalUrl: url.href,
    bytes: decoded.bytes,
    contentType,
    ...validators,
    hints,
  };
}

function statusProblem(status: number, url: URL): FetchProblem {
  const where = shownUrl(url);
  switch (status) {
    case 204:
    case 205:
      return { code: 'empty', detail: `HTTP ${status} without content from ${where}` };
    case 206:
      return { code: 'truncated', detail: `HTTP 206, only a part, from ${where}` };
    case 304:
      return {
        code: 'http-status',
        detail: `HTTP 304 from ${where} though nothing was compared`,
      };
    case 410:
      return { code: 'gone', detail: `HTTP 410 from ${where}` };
    case 429:
      return { code: 'throttled', detail: `HTTP 429 from ${where}` };
    default:
      return { code: 'http-status', detail: `HTTP ${status} from ${where}` };
  }
}

function failed(problem: FetchProblem, retryMs: number | null = null, gone = false): Fetched {
  return { kind: 'failed', problem, retryAfterMs: retryMs, gone };
}
