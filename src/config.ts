import { join, resolve } from 'node:path';
import { UNREAD_RULES, type Rules } from './classify/rules.ts';
import { UNREAD_TEMPLATES, type Templates } from './compose/templates.ts';
import type { ChannelsFile } from './config/channels-file.ts';
import { realDisk, type ConfigDisk } from './config/disk.ts';
import { readEnvironment, type Environment, type Settings, type Variable } from './config/environment.ts';
import { channelOf, ceilingMistake, feedOf, policyOf, typedFeed } from './config/fill-in.ts';
import type { Mistake } from './messages/mistake.ts';
import { operatorLangOf } from './config/operator-lang.ts';
import { LOG_LEVELS, otherSettingMistakes } from './config/other-settings.ts';
import { readFiles, type Passable } from './config/read-files.ts';
import { readXSettings } from './config/x-settings.ts';
import type { FeedConfig } from './feed/feed-config.ts';
import type { Lang } from './feed/item.ts';
import { entryLimits, reconcileLimits } from './limits/publishing.ts';
import type { Mode } from './outbox/entry.ts';
import type { PolicyConfig } from './policy/policy-config.ts';

/** OAuth 1.0a keys of the account's own app. Held in memory only; never logged. */
export type XCredentials = { apiKey: string; apiSecret: string; accessToken: string; accessSecret: string };

/** The account and how it is posted to (config/channels.yaml). Durations are milliseconds. */
type ChannelConfig = {
  /** Handle without `@`; in live mode the identity at X must equal it. */
  handle: string;
  /** Main posts stand at least this far apart. */
  paceMs: number;
  /** Waits of the reconciliation; raised to the floor of limits/publishing.ts in live mode. */
  reconcile: { quarantineMs: number; missSpacingMs: number; missesNeeded: number; readsMax: number };
  /** Looks at the own timeline for posts that the program did not make, and what else the program finds that it watches for. */
  watch: { intervalMs: number; pauseOnForeignPost: boolean; pauseOnBrokenLog: boolean };
};

/** Everything that can be set, validated and frozen. Defaults live in this file and nowhere else. */
export type Config = {
  configDir: string;
  dataDir: string;
  mode: Exclude<Mode, 'drill'>;
  /** True where nothing is configured: the program starts its own sandbox and reads its feed. */
  ownSandbox: boolean;
  feeds: readonly FeedConfig[];
  /** True where --feed replaced the configured feeds; `run` refuses that in live mode. */
  typedFeed: boolean;
  rules: Rules;
  templates: Templates;
  policy: PolicyConfig;
  channel: ChannelConfig;
  x: { credentials: XCredentials | null; apiUrl: URL | null };
  databaseUrl: string | null;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** `origin` is the address under which a proxy shows the pages, as browsers write it; null: on this computer alone. */
  console: { port: number; portWasAsked: boolean; origin: string | null };
  firstRun: 'baseline' | 'publish';
  /** The institution's own server; null: nothing is handed to it. */
  notify: { webhook: URL | null; auditHead: URL | null };
  /** Contact address sent in the user agent of feed requests; empty: none is configured. */
  contact: string;
  /** Language of sentences for operators. */
  operatorLang: Lang;
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** What holds where neither files, flags nor environment say anything. */
export const DEFAULTS = {
  configDir: 'config',
  dataDir: 'data',
  logLevel: 'info',
  firstRun: 'baseline',
  consolePort: 7080,
  /** Only a sandbox may go without a handle of its own. */
  sandboxHandle: 'kosatsu_sandbox',
  /** Nothing is made up: without a contact the feeds' servers see the program's name alone, and the doctor says so. */
  contact: '',
  paceMs: 2 * SECOND,
  reconcile: {
    quarantineMs: reconcileLimits.quarantineMs,
    missSpacingMs: reconcileLimits.missSpacingMs,
    missesNeeded: reconcileLimits.missesNeeded,
    readsMax: reconcileLimits.readsMax,
  },
  watch: { intervalMs: 10 * MINUTE, pauseOnForeignPost: false, pauseOnBrokenLog: false },
  feed: {
    pollIntervalMs: 5 * MINUTE,
    /** A file, or a server on this machine: nobody has to be spared, and a person is watching. */
    pollIntervalLocalMs: 5 * SECOND,
    longestSilenceMs: 30 * DAY,
    burst: 20,
  },
  policy: {
    version: 'default',
    quietHours: null,
    dailyBudget: { posts: 40, reservedForUrgent: 10 },
    approval: { feedMain: 'auto', feedUrgent: 'auto', forced: 'one' },
    shortenerHosts: [
      'amzn.to',
      'bit.ly',
      'buff.ly',
      'cutt.ly',
      'goo.gl',
      'is.gd',
      'j.mp',
      'lnkd.in',
      'onl.bz',
      'onl.la',
      'ow.ly',
      'qr.paps.jp',
      'rb.gy',
      't.co',
      't.ly',
      'tiny.cc',
      'tinyurl.com',
      'ur0.jp',
      'urx.nu',
      'v.gd',
      'x.gd',
      'youtu.be',
    ],
    approvalExpiresMs: DAY,
    published: null,
    staleItemMs: entryLimits.staleItemMs,
    mainQueuedMaxMs: entryLimits.mainQueuedMaxMs,
    duplicateTextWindowMs: entryLimits.duplicateTextWindowMs,
    futureDatedMs: entryLimits.futureDatedMs,
    /** X's price list of August 2026. */
    prices: { currency: 'USD', post: 0.015, postWithLink: 0.2, delete: 0.01, read: 0.001 },
    budget: { monthly: null, reservedForUrgent: null },
  },
} as const;

/** What the command line says; everything left out falls to environment, files and defaults. */
export type Overrides = {
  configDir?: string;
  dataDir?: string;
  /** Address or file path; replaces the configured feeds. */
  feed?: string;
  firstRun?: 'baseline' | 'publish';
  consolePort?: number;
  /**
   * For commands that class no title: rules.yaml, much the longest file, is left alone. It costs them no time, and an edit that
   * broke it cannot keep an operator from pausing, correcting or forcing a notice.
   */
  rules?: 'unread';
  /**
   * Files whose mistakes are passed over, because they do not decide what the command does: a broken edit must not keep anybody from
   * pausing, withdrawing or forcing a notice. Account and storage must be right all the same.
   */
  passOver?: readonly Passable[];
  /** Of templates.yaml the command fills this one only; mistakes in the others are passed over as well. */
  template?: string;
};

export type ConfigRequest = {
  overrides: Overrides;
  env: Environment;
  /** Relative paths, and `.env`, are looked for from here. */
  cwd: string;
  disk?: ConfigDisk;
};

export type LoadedConfig =
  { kind: 'ok'; config: Config } | { kind: 'mistakes'; mistakes: readonly Mistake[] };

/** Reads everything that can be set, or names every mistake in it at once. Nothing is started, nothing is written. */
export function loadConfig(request: ConfigRequest): LoadedConfig {
  const { overrides, env, cwd } = request;
  const disk = request.disk ?? realDisk;
  const { settings, mistakes: environmentMistakes } = readEnvironment(env, cwd, disk);
  const setting = (name: Variable): string | null => settings.get(name)?.value || null;
  const { x, mistakes: xMistakes } = readXSettings(settings);
  const configDir = overrides.configDir ?? setting('KOSATSU_CONFIG') ?? DEFAULTS.configDir;
  const typed = overrides.feed === undefined ? null : typedFeed(overrides.feed, cwd, DEFAULTS.feed);
  const files = readFiles(configDir, cwd, disk, {
    feedsNeeded: typed === null,
    handleNeeded: x.mode === 'live',
    rulesNeeded: overrides.rules !== 'unread',
    passOver: overrides.passOver ?? [],
    template: overrides.template ?? null,
  });
  const otherMistakes = otherSettingMistakes(settings);
  const configured = (files.feeds?.feeds ?? []).map((feed) => feedOf(feed, DEFAULTS.feed));
  const policy = policyOf(files.policy, configured, DEFAULTS.policy);
  const ceiling = ceilingMistake(policy, join(configDir, 'policy.yaml'));
  const mistakes = [
    ...environmentMistakes,
    ...xMistakes,
    ...otherMistakes,
    ...(typed?.mistakes ?? []),
    ...files.mistakes,
    ...(ceiling === null || overrides.passOver?.includes('policy') === true ? [] : [ceiling]),
  ];
  const { channels } = files;
  const templates =
    files.templates ?? (overrides.passOver?.includes('templates') === true ? UNREAD_TEMPLATES : null);
  const rules = overrides.rules === 'unread' ? UNREAD_RULES : files.rules;
  if (mistakes.length > 0 || rules === null || templates === null) {
    // What must be refused anyway names those that were passed over too: all of them in one message.
    const { passOver = [], template, ...strict } = overrides;
    if (passOver.length === 0 && template === undefined) return { kind: 'mistakes', mistakes };
    return loadConfig({ ...request, overrides: strict });
  }
  const port = overrides.consolePort ?? channels.console?.port;
  const written = channels.console?.origin;
  const origin = written === undefined ? null : new URL(written).origin;
  const config: Config = {
    configDir: resolve(cwd, configDir),
    dataDir: dataDirOf(overrides, settings, cwd),
    mode: x.mode,
    ownSandbox: x.ownSandbox,
    feeds: typed === null ? configured : typed.feeds,
    typedFeed: typed !== null,
    rules,
    templates,
    policy,
    channel: channelOf(channels, x.mode, DEFAULTS),
    x: { credentials: x.credentials, apiUrl: x.apiUrl },
    databaseUrl: setting('DATABASE_URL'),
    logLevel: LOG_LEVELS.find((level) => level === setting('LOG_LEVEL')?.toLowerCase()) ?? DEFAULTS.logLevel,
    console: { port: port ?? DEFAULTS.consolePort, portWasAsked: port !== undefined, origin },
    firstRun: overrides.firstRun ?? DEFAULTS.firstRun,
    notify: { webhook: channels.notify?.webhook ?? null, auditHead: channels.notify?.auditHead ?? null },
    contact: channels.contact ?? DEFAULTS.contact,
    operatorLang: operatorLang(channels, env),
  };
  return { kind: 'ok', config: deepFreeze(config) };
}

/** Where the store of these settings lies, whatever else is wrong with them. */
export function storePlace({
  overrides,
  env,
  cwd,
  disk,
}: ConfigRequest): Pick<Config, 'dataDir' | 'databaseUrl'> {
  const { settings } = readEnvironment(env, cwd, disk ?? realDisk);
  return {
    dataDir: dataDirOf(overrides, settings, cwd),
    databaseUrl: settings.get('DATABASE_URL')?.value || null,
  };
}

function dataDirOf({ dataDir }: Overrides, settings: Settings, cwd: string): string {
  return resolve(cwd, dataDir ?? (settings.get('KOSATSU_DATA')?.value || DEFAULTS.dataDir));
}

function operatorLang(channels: ChannelsFile, env: Environment): Lang {
  const { operatorLanguage } = channels;
  return operatorLanguage === undefined || operatorLanguage === 'auto'
    ? operatorLangOf(env)
    : operatorLanguage;
}

/** Nothing that runs may change what was checked. A URL guards itself. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof URL) && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
