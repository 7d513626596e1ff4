import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createDocumentShelf, noShelf } from './adapters/file/document-shelf.ts';
import { readDocumentFile } from './adapters/file/read-document.ts';
import { createFetcher } from './adapters/http/fetch-document.ts';
import { createOutside } from './adapters/http/post-outside.ts';
import { keysInAddress } from './adapters/log/redact.ts';
import { createLog } from './adapters/log/log.ts';
import { createLogNotifier } from './adapters/log/log-notifier.ts';
import { createParser } from './adapters/parser/parser.ts';
import { createDryRunPublisher } from './adapters/dry-run/dry-run-publisher.ts';
import { openStore } from './open-store.ts';
import { createClock } from './adapters/system/clock.ts';
import { createRandomness } from './adapters/system/randomness.ts';
import { createXPublisher } from './adapters/x/x-publisher.ts';
import type { App } from './app/app.ts';
import { notifyOutside } from './app/notify-outside.ts';
import { Progress } from './app/progress.ts';
import { createFeedReader, createKeptReader } from './app/read-feed.ts';
import { DEFAULTS, type Config, type XCredentials } from './config.ts';
import type { FeedConfig } from './feed/feed-config.ts';
import type { LeasePort } from './outbox/lease.ts';
import type { OutboxStore } from './outbox/outbox-store.ts';
import type { Scope } from './outbox/entry.ts';
import { governanceLimits } from './limits/storage.ts';
import { SANDBOX_CREDENTIALS, SANDBOX_HANDLE } from './sandbox/account.ts';
import type { Sandbox } from './sandbox/start-sandbox.ts';

/**
 * What a command needs of the program. `none` cannot post; `memory` leaves no trace; `read` creates nothing; `drill` practises in
 * a folder and a sandbox of its own, without credentials.
 */
export type Needs = { store: 'write' | 'read' | 'memory'; publisher: 'x' | 'none'; drill?: true };

/** The whole program, put together. Disposing of it closes what it opened, in reverse. */
export type Assembled = App & AsyncDisposable & { readonly sandbox: Sandbox | null };

/**
 * Puts the program together from its configuration. Without credentials and without another server to play X, it starts the
 * sandbox, and nothing it makes can reach X. Rejects with StoreError where the data folder cannot be used.
 */
export async function assemble(
  configured: Config,
  needs: Needs,
  overrides: Partial<App> = {},
): Promise<Assembled> {
  const given = needs.drill === true ? forDrill(configured) : configured;
  await using opened = new AsyncDisposableStack();
  const log = overrides.log ?? createLog({ level: given.logLevel, secrets: secretsOf(given) });
  const { store, lease } = opened.adopt(await openStore(given, needs.store), (both) => both.store.close());
  const wantsSandbox = given.ownSandbox && needs.publisher === 'x';
  const sandbox = wantsSandbox
    ? opened.adopt(await ownSandbox(given, needs, log), (running) => running.close())
    : null;
  const config = await inEffect(given, needs, sandbox, { store, lease });
  const credentials = config.x.credentials ?? SANDBOX_CREDENTIALS;
  const scope = await scopeOf(config, needs, store, credentials);
  const clock = overrides.clock ?? createClock();
  const parser = opened.adopt(createParser(), (running) => running.close());
  const reader = createFeedReader({
    fetcher: createFetcher(),
    parser,
    readFile: readDocumentFile,
    contact: config.contact,
  });
  const publisher =
    needs.publisher === 'x'
      ? createXPublisher({ credentials, apiUrl: config.x.apiUrl, scope, now: () => clock.now() })
      : createDryRunPublisher(scope);
  const { webhook, auditHead } = config.notify;
  const outside = createOutside({ addresses: { alarm: webhook, 'audit-head': auditHead } });
  const lang = config.operatorLang;
  const within = createLogNotifier(log, lang);
  const notifier = opened.use(notifyOutside({ within, outside, store, scope, lang, clock, log }));
  const closing = opened.move();
  return {
    config,
    scope,
    store,
    governance: store.governance,
    lease,
    publisher,
    credentialsId: createHash('sha256')
      .update(`${credentials.apiKey} ${credentials.accessToken}`)
      .digest('hex')
      .slice(0, 16),
    reader,
    documents:
      needs.store === 'memory' ? noShelf : createDocumentShelf(join(config.dataDir, 'documents'), log),
    readKept: createKeptReader(parser),
    clock,
    random: createRandomness(),
    passwordCost: governanceLimits.argon2,
    notifier,
    outside,
    log,
    progress: new Progress(),
    ...overrides,
    sandbox,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** The sandbox is on this machine and has nobody else to serve. */
const SANDBOX_POLL_MS = 2_000;

async function ownSandbox(config: Config, needs: Needs, log: App['log']): Promise<Sandbox> {
  const lasting = needs.store === 'write' && needs.drill !== true;
  // Only where it plays X itself does the program need a server for that.
  const { openSandbox } = await import('./sandbox/open-sandbox.ts');
  const opened = await openSandbox(lasting ? config.dataDir : null, null, log);
  if (opened.kind === 'open') return opened.sandbox;
  throw new Error(`no port from ${String(opened.port)} on is free for the sandbox`);
}

/**
 * The configuration as it is in effect: aimed at the sandbox that runs here, or at the one that a running worker has, so that
 * `status` shows the feed that is polled.
 */
async function inEffect(
  given: Config,
  needs: Needs,
  sandbox: Sandbox | null,
  { store, lease }: { store: OutboxStore; lease: LeasePort },
): Promise<Config> {
  const scope: Scope = { mode: 'sandbox', account: SANDBOX_HANDLE };
  if (sandbox !== null) {
    if (needs.store === 'write') await store.setFact(scope, 'sandbox', `${sandbox.url} ${sandbox.feedUrl}`);
    return withSandbox(given, sandbox);
  }
  if (!given.ownSandbox || needs.store === 'memory' || (await lease.holder()) === null) return given;
  const [url, feedUrl] = (await store.fact(scope, 'sandbox'))?.split(' ') ?? [];
  return url === undefined || feedUrl === undefined ? given : withSandbox(given, { url, feedUrl });
}

/** The sandbox's own feed stands in for the configured ones, unless a person typed another. */
function withSandbox(config: Config, sandbox: Pick<Sandbox, 'url' | 'feedUrl'>): Config {
  const feed: FeedConfig = {
    name: 'sandbox',
    kind: 'feed',
    location: { kind: 'url', url: sandbox.feedUrl },
    enabled: true,
    lang: null,
    pollIntervalMs: SANDBOX_POLL_MS,
    longestSilenceMs: DEFAULTS.feed.longestSilenceMs,
    titleIncludes: [],
    selectors: null,
    allowPrivateAddress: true,
    burst: DEFAULTS.feed.burst,
  };
  const x = { ...config.x, apiUrl: new URL(sandbox.url) };
  return { ...config, x, feeds: config.typedFeed ? config.feeds : [feed] };
}

/** Practice knows no credentials and has a folder of its own, so that a worker goes on undisturbed beside it. */
function forDrill(config: Config): Config {
  const x = { ...config.x, credentials: null, apiUrl: null };
  const dataDir = join(config.dataDir, 'drill');
  // Alarms of practice stay here: whoever reads those outside would take them for real.
  const notify = { webhook: null, auditHead: null };
  return { ...config, mode: 'sandbox', ownSandbox: true, databaseUrl: null, dataDir, x, notify };
}

/** Where the handle is remembered that a server playing X gave, for commands that may not ask it. */
const ANY_SANDBOX: Scope = { mode: 'sandbox', account: '-' };

/** In live mode the account is the configured one; elsewhere it is whoever the server names. */
async function scopeOf(
  config: Config,
  needs: Needs,
  store: OutboxStore,
  credentials: XCredentials,
): Promise<Scope> {
  if (needs.drill === true) return { mode: 'drill', account: SANDBOX_HANDLE };
  if (config.mode === 'live') return { mode: 'live', account: config.channel.handle };
  if (config.ownSandbox) return { mode: 'sandbox', account: SANDBOX_HANDLE };
  if (needs.publisher === 'x') {
    const probe = createXPublisher({
      credentials,
      apiUrl: config.x.apiUrl,
      scope: ANY_SANDBOX,
      now: Date.now,
    });
    const identity = await probe.identity(new AbortController().signal);
    if (identity.kind === 'known') {
      if (needs.store === 'write') await store.setFact(ANY_SANDBOX, 'handle', identity.handle);
      return { mode: 'sandbox', account: identity.handle };
    }
  }
  const remembered = await store.fact(ANY_SANDBOX, 'handle');
  return { mode: 'sandbox', account: remembered ?? config.channel.handle };
}

/** Everything that must never stand in a log line. */
function secretsOf(config: Config): string[] {
  const { credentials } = config.x;
  const database =
    config.databaseUrl === null ? [] : [config.databaseUrl, new URL(config.databaseUrl).password];
  const hooks = Object.values(config.notify).flatMap((url) => (url === null ? [] : keysInAddress(url)));
  return [...(credentials === null ? [] : Object.values(credentials)), ...database, ...hooks].filter(
    (secret) => secret !== '',
  );
}
