import type { Rules } from './classify/rules.ts';
import type { Templates } from './compose/templates.ts';
import type { FeedConfig } from './feed/feed-config.ts';
import type { Lang } from './feed/item.ts';
import type { Mode } from './outbox/entry.ts';
import type { PolicyConfig } from './policy/policy-config.ts';

/** OAuth 1.0a keys of the account's own app. Held in memory only; never logged. */
export type XCredentials = { apiKey: string; apiSecret: string; accessToken: string; accessSecret: string };

/** The account and how it is posted to (config/channels.yaml). Durations are milliseconds. */
export type ChannelConfig = {
  /** Handle without `@`; in live mode the identity at X must equal it. */
  handle: string;
  /** Main posts stand at least this far apart. */
  paceMs: number;
  /** Waits of the reconciliation; raised to the floor of limits.ts in live mode. */
  reconcile: { quarantineMs: number; missSpacingMs: number; missesNeeded: number; readsMax: number };
};

/** Everything that can be set, validated and frozen. Defaults live in this file and nowhere else. */
export type Config = {
  configDir: string;
  dataDir: string;
  mode: Exclude<Mode, 'drill'>;
  /** True where nothing is configured: the program starts its own sandbox and reads its feed. */
  ownSandbox: boolean;
  feeds: readonly FeedConfig[];
  rules: Rules;
  templates: Templates;
  policy: PolicyConfig;
  channel: ChannelConfig;
  x: { credentials: XCredentials | null; apiUrl: URL | null };
  databaseUrl: string | null;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  console: { port: number; portWasAsked: boolean };
  firstRun: 'baseline' | 'publish';
  /** Contact address sent in the user agent of feed requests. */
  contact: string;
  /** Language of sentences for operators. */
  operatorLang: Lang;
};
