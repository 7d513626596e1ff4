import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config.ts';
import { CREDENTIALS, CWD, load, loaded, mistakesOf, type Given } from './sample-settings.ts';

/** The configuration holds at least this. */
function check(given: Given, expected: object): void {
  expect(loaded(given)).toMatchObject(expected);
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 1_440 * MINUTE;
const OTHER_FEED = 'feeds:\n  - name: city\n    url: https://www.city.example.lg.jp/news.rdf\n';

describe('where nothing is said', () => {
  test.each<[string, Given, object]>([
    ['folders are config and data', {}, { configDir: `${CWD}/config`, dataDir: `${CWD}/data` }],
    ['the first run posts nothing old', {}, { firstRun: 'baseline', logLevel: 'info', databaseUrl: null }],
    ['any free port will do', {}, { console: { port: 7080, portWasAsked: false } }],
    [
      'another institution needs a feed and nothing else of its own',
      {
        files: {
          'config/feeds.yaml': OTHER_FEED,
          'config/policy.yaml': { kind: 'missing' },
          'config/channels.yaml': { kind: 'missing' },
        },
      },
      {
        feeds: [
          {
            name: 'city',
            kind: 'feed',
            enabled: true,
            lang: null,
            pollIntervalMs: 5 * MINUTE,
            titleIncludes: [],
            allowPrivateAddress: false,
          },
        ],
        policy: {
          version: 'default',
          allowedHosts: ['www.city.example.lg.jp'],
          quietHours: null,
          approval: { feedMain: 'auto', feedUrgent: 'auto', forced: 'one' },
        },
        channel: { paceMs: 2 * SECOND, reconcile: { quarantineMs: 150 * SECOND, missesNeeded: 2 } },
      },
    ],
  ])('%s', (_name, given, expected) => check(given, expected));
});

describe('the shipped settings', () => {
  test('are the JPO’s', () => {
    check(
      { env: CREDENTIALS },
      {
        mode: 'live',
        channel: { handle: 'jpo_NIPPON', paceMs: 2 * SECOND },
        policy: {
          allowedHosts: ['jpo.go.jp', 'meti.go.jp', 'inpit.go.jp'],
          quietHours: null,
          approval: { feedMain: 'auto', feedUrgent: 'auto', forced: 'one' },
          staleItemMs: 7 * DAY,
          mainQueuedMaxMs: 3 * DAY,
        },
        x: {
          credentials: {
            apiKey: 'key',
            apiSecret: 'secret-1',
            accessToken: 'token',
            accessSecret: 'secret-2',
          },
          apiUrl: null,
        },
      },
    );
  });

  test('read METI’s feed for what names the office, and no page whose selectors nobody has verified', () => {
    const { feeds } = loaded({});
    expect(feeds.filter((feed) => feed.enabled)).toMatchObject([
      {
        location: { kind: 'url', url: 'https://www.meti.go.jp/ml_index_release_atom.xml' },
        titleIncludes: ['特許庁', 'JPO'],
      },
    ]);
    expect(feeds.filter((feed) => feed.kind === 'html-list').map((feed) => feed.enabled)).not.toContain(true);
    expect(feeds.some((feed) => feed.kind === 'html-list')).toBe(true);
  });
});

describe('a typed feed replaces the configured ones', () => {
  const typed = (feed: string): Given => ({ overrides: { feed } });
  test.each<[string, Given, object]>([
    [
      'by address',
      typed('https://example.jp/feed.xml#top'),
      {
        typedFeed: true,
        feeds: [
          {
            name: 'typed',
            location: { kind: 'url', url: 'https://example.jp/feed.xml' },
            allowPrivateAddress: true,
            lang: null,
            titleIncludes: [],
            pollIntervalMs: 5 * MINUTE,
          },
        ],
      },
    ],
    [
      'on this machine, read often',
      typed('http://127.0.0.1:1/f'),
      { feeds: [{ location: { kind: 'url' }, pollIntervalMs: 5 * SECOND }] },
    ],
    [
      'by path',
      typed('news/feed.xml'),
      { feeds: [{ location: { kind: 'file', path: `${CWD}/news/feed.xml` }, pollIntervalMs: 5 * SECOND }] },
    ],
    [
      'by file address',
      typed('file:///srv/feed.xml'),
      { feeds: [{ location: { kind: 'file', path: '/srv/feed.xml' } }] },
    ],
    [
      'without feeds.yaml',
      { ...typed('feed.xml'), files: { 'config/feeds.yaml': { kind: 'missing' } } },
      { feeds: [{ name: 'typed' }] },
    ],
  ])('%s', (_name, given, expected) => check(given, expected));

  test.each([
    ['ftp://example.jp/f', '--feed:-  url-scheme'],
    ['https://a:b@example.jp/f', '--feed:-  url-credentials'],
    ['http://', '--feed:-  url-form'],
    [' ', '--feed:-  url-form'],
  ])('but %j is a mistake', (feed, expected) => expect(mistakesOf(typed(feed))).toEqual([expected]));
});

describe('who has the last word', () => {
  test.each<[string, Given, object]>([
    [
      'a flag over the environment',
      { env: { KOSATSU_DATA: 'e' }, overrides: { dataDir: 'f' } },
      { dataDir: `${CWD}/f` },
    ],
    [
      'the environment over .env',
      { env: { KOSATSU_DATA: 'e' }, files: { '.env': 'KOSATSU_DATA=d' } },
      { dataDir: `${CWD}/e` },
    ],
    [
      '.env over the default',
      { files: { '.env': 'KOSATSU_DATA=d\nLOG_LEVEL=debug' } },
      { dataDir: `${CWD}/d`, logLevel: 'debug' },
    ],
    [
      'an asked port is asked for',
      { overrides: { consolePort: 0 } },
      { console: { port: 0, portWasAsked: true } },
    ],
    [
      'a configured port is asked for',
      { files: { 'config/channels.yaml': 'console: { port: 9000 }' } },
      { console: { port: 9000, portWasAsked: true } },
    ],
    [
      'the terminal speaks the operator’s language',
      { env: { LC_ALL: '', LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'C' } },
      { operatorLang: 'ja' },
    ],
    [
      'the settings over the terminal',
      { env: { LANG: 'ja_JP' }, files: { 'config/channels.yaml': 'operatorLanguage: en' } },
      { operatorLang: 'en' },
    ],
  ])('%s', (_name, given, expected) => check(given, expected));
});

describe('values', () => {
  const quick =
    'handle: jpo_NIPPON\nreconcile: { quarantine: 1s, missSpacing: 1s, missesNeeded: 1, readsMax: 5 }\n';
  test.each<[string, Given, object]>([
    [
      'may make a sandbox look again quickly',
      { files: { 'config/channels.yaml': quick } },
      {
        channel: { reconcile: { quarantineMs: SECOND, missSpacingMs: SECOND, missesNeeded: 1, readsMax: 5 } },
      },
    ],
    [
      'cannot make the real account do so',
      { env: CREDENTIALS, files: { 'config/channels.yaml': quick } },
      {
        channel: {
          reconcile: { quarantineMs: 150 * SECOND, missSpacingMs: 30 * SECOND, missesNeeded: 2, readsMax: 5 },
        },
      },
    ],
    [
      'of time are read in every unit',
      {
        files: {
          'config/policy.yaml': 'version: v\nstaleAfter: 36h\nfutureTolerance: 90m\nduplicateWindow: 2 d\n',
        },
      },
      {
        policy: { staleItemMs: 36 * 60 * MINUTE, futureDatedMs: 90 * MINUTE, duplicateTextWindowMs: 2 * DAY },
      },
    ],
    [
      'of the night may pass midnight',
      { files: { 'config/policy.yaml': 'version: v\nquietHours: { from: 22:00, to: 7:30 }\n' } },
      { policy: { quietHours: { fromMinute: 1_320, toMinute: 450 } } },
    ],
    [
      'of hosts are compared in lower case and punycode',
      { files: { 'config/policy.yaml': 'version: v\nallowedHosts: [WWW.JPO.go.jp, 日本語.jp]\n' } },
      { policy: { allowedHosts: ['www.jpo.go.jp', 'xn--wgv71a119e.jp'] } },
    ],
  ])('%s', (_name, given, expected) => check(given, expected));

  test('cannot be changed by what runs', () => {
    const config: Config = loaded({});
    expect(() => Object.assign(config.policy.approval, { forced: 'auto' })).toThrow(TypeError);
    expect(() => Object.assign(config, { mode: 'live' })).toThrow(TypeError);
  });

  test('of secrets never stand in a mistake', () => {
    const result = load({
      env: {
        X_API_KEY: 'hunter2',
        X_API_SECRET: 'hunter 2',
        DATABASE_URL: 'mysql://u:hunter2@h',
        X_API_URL: 'http://u:hunter2@h',
      },
      overrides: { feed: 'ftp://u:hunter2@h/f' },
    });
    expect(result.kind).toBe('mistakes');
    expect(JSON.stringify(result)).not.toMatch(/hunter/u);
  });
});
