import { describe, expect, test } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import type { FileText } from '../../src/config/disk.ts';
import { loaded, mistakesOf, shippedFiles } from './sample-settings.ts';

/** The mistakes that one file makes in otherwise good settings, without the file's own name. */
function check(name: string, content: string | FileText, expected: readonly string[]): void {
  const file = `config/${name}`;
  const found = mistakesOf({ files: { [file]: content } });
  expect(found.map((mistake) => mistake.replace(`${file}:`, ''))).toEqual(expected);
}

const feeds = (...lines: string[]): string =>
  `feeds:\n  - name: a\n    url: https://a.example.jp/f\n${lines.map((line) => `    ${line}\n`).join('')}`;
const policy = (...lines: string[]): string => `version: 'v/1'\n${lines.join('\n')}\n`;

describe('a file', () => {
  test.each<[string, string, string | FileText, readonly string[]]>([
    ['that is needed may not be missing', 'feeds.yaml', { kind: 'missing' }, ['-  file-missing']],
    ['of rules may not be missing', 'rules.yaml', { kind: 'missing' }, ['-  file-missing']],
    ['of templates may not be missing', 'templates.yaml', { kind: 'missing' }, ['-  file-missing']],
    ['of policy may be missing', 'policy.yaml', { kind: 'missing' }, []],
    ['of channels may be missing', 'channels.yaml', { kind: 'missing' }, []],
    ['that is empty lacks its keys', 'feeds.yaml', '# nothing yet\n', ['- feeds required']],
    ['with a name that nothing reads is named', 'policy.yml', 'version: a', ['-  file-unknown']],
    ['saved as Shift_JIS is refused', 'feeds.yaml', { kind: 'not-utf8' }, ['-  not-utf8']],
    [
      'that may not be read is named',
      'policy.yaml',
      { kind: 'unreadable', detail: 'EACCES' },
      ['-  file-unreadable'],
    ],
    ['that is huge is refused', 'policy.yaml', { kind: 'too-large', maxBytes: 9 }, ['-  file-too-large']],
    [
      'with a doubled key is refused',
      'policy.yaml',
      "version: 'a'\npace: 1\nversion: 'b'\n",
      ['3  yaml-syntax'],
    ],
    [
      'with a tabulator is refused',
      'policy.yaml',
      "version: 'a'\nquietHours:\n\tfrom: '1:00'\n",
      ['3  yaml-syntax'],
    ],
    ['with two documents is refused', 'policy.yaml', "version: 'a'\n---\nversion: 'b'\n", ['2  yaml-syntax']],
    ['with a tag of its own is refused', 'policy.yaml', "version: !secret 'a'\n", ['1  yaml-syntax']],
    ['that is a list is refused', 'policy.yaml', '- version\n', ['-  wrong-type']],
    ['that explodes by aliases is refused', 'policy.yaml', bomb(), ['-  yaml-syntax']],
  ])('%s', (_name, file, content, expected) => check(file, content, expected));

  test('that has many mistakes names them all, by line', () => {
    const text = [
      'feeds:',
      '  - name: Press Room',
      '    pollEvry: 5m',
      '    pollEvery: 5',
      '  - name: two',
      '    url: ftp://example.jp/f',
      '    kind: html-list',
      '    burst: 0',
      '  - name: two',
      '    url: https://a:b@example.jp/',
      '    pollEvery: 10s',
    ].join('\n');
    check('feeds.yaml', text, [
      '2 feeds[0].name name-form',
      '2 feeds[0].url required',
      '3 feeds[0].pollEvry unknown-key',
      '4 feeds[0].pollEvery duration',
      '5 feeds[1].selectors selectors-needed',
      '6 feeds[1].url url-scheme',
      '8 feeds[1].burst out-of-range',
      '9 feeds[2].name name-taken',
      '10 feeds[2].url url-credentials',
    ]);
  });
});

describe('a feed', () => {
  test.each<[string, string, readonly string[]]>([
    ['needs no more than name and url', feeds(), []],
    [
      'may not spare its server less than 30 s',
      feeds('pollEvery: 29s'),
      ['4 feeds[0].pollEvery poll-too-often'],
    ],
    [
      'may be read often where the server is this machine',
      feeds('pollEvery: 2s').replace('a.example.jp', '127.0.0.1'),
      [],
    ],
    ['has a kind that is known', feeds('kind: rss'), ['4 feeds[0].kind not-one-of']],
    ['as a list needs selectors', feeds('kind: html-list'), ['2 feeds[0].selectors selectors-needed']],
    [
      'as a feed has none',
      feeds('selectors: { item: li, title: a, link: a }'),
      ['4 feeds[0].selectors selectors-unused'],
    ],
    [
      'has all selectors but the date',
      feeds('kind: html-list', 'selectors: { item: li }'),
      ['5 feeds[0].selectors.title required', '5 feeds[0].selectors.link required'],
    ],
    [
      'has selectors that can be read',
      feeds('kind: html-list', 'selectors: { item: "li[", title: ":foo", link: a }'),
      ['5 feeds[0].selectors.item selector-form', '5 feeds[0].selectors.title selector-form'],
    ],
    [
      'that is not read may have unfinished selectors',
      feeds('kind: html-list', 'enabled: false', 'selectors: { item: "li[", title: a, link: a }'),
      [],
    ],
    [
      'may not take a name of the program’s',
      feeds().replace('name: a', 'name: typed'),
      ['2 feeds[0].name name-reserved'],
    ],
    ['says yes with true, not with yes', feeds('enabled: yes'), ['4 feeds[0].enabled wrong-type']],
    [
      'has an http address',
      feeds().replace('https://a.example.jp/f', 'a.example.jp/f'),
      ['3 feeds[0].url url-form'],
    ],
    ['must exist', 'feeds: []\n', ['1 feeds too-few']],
  ])('%s', (_name, content, expected) => check('feeds.yaml', content, expected));
});

describe('the policy', () => {
  test.each<[string, string, readonly string[]]>([
    ['needs no more than its version', policy(), []],
    ['needs its version', 'approval: { forced: two }\n', ['- version required']],
    ['has a version in words', 'version: 1\n', ['1 version wrong-type']],
    [
      'names hosts, not addresses',
      policy('allowedHosts: [https://jpo.go.jp, jpo.go.jp/news, "*.jpo.go.jp", jpo, go.jp.]'),
      Array.from({ length: 5 }, (_, i) => `2 allowedHosts[${i}] host-form`),
    ],
    ['may not allow no host at all', policy('allowedHosts: []'), ['2 allowedHosts too-few']],
    [
      'has quiet hours on the clock',
      policy('quietHours: { from: 22:00, to: 24:00 }'),
      ['2 quietHours.to time-of-day'],
    ],
    ['has quiet hours with an end', policy('quietHours: { from: 22:00 }'), ['2 quietHours.to required']],
    [
      'has quiet hours that last',
      policy('quietHours: { from: 7:00, to: "07:00" }'),
      ['2 quietHours.to quiet-hours-empty'],
    ],
    ['turns them off in a word', policy('quietHours: off'), []],
    [
      'leaves room beside the reserve',
      policy('dailyBudget: { posts: 10, reservedForUrgent: 10 }'),
      ['2 dailyBudget.reservedForUrgent reserve-too-large'],
    ],
    [
      'leaves money beside the reserve',
      policy('budget: { monthly: 5, reservedForUrgent: 5 }'),
      ['2 budget.reservedForUrgent monthly-reserve-too-large'],
    ],
    [
      'leaves money beside the posts that are reserved',
      policy('prices: { postWithLink: 1 }', 'budget: { monthly: 10 }'),
      ['- budget.monthly ceiling-below-reserve'],
    ],
    ['has no ceiling, or one that leaves some', policy('budget: { monthly: 2.5 }'), []],
    [
      'knows three kinds of approval',
      policy('approval: { feedMain: three, forcd: one }'),
      ['2 approval.feedMain not-one-of', '2 approval.forcd unknown-key'],
    ],
    [
      'writes times with units',
      policy('staleAfter: 7 days', 'mainQueuedAtMost: 0h', 'duplicateWindow: 90d'),
      ['2 staleAfter duration', '3 mainQueuedAtMost duration-range', '4 duplicateWindow duration-range'],
    ],
  ])('%s', (_name, content, expected) => check('policy.yaml', content, expected));
});

describe('the channel', () => {
  test.each<[string, string, readonly string[]]>([
    ['names the handle without @', 'handle: "@jpo_NIPPON"\n', ['1 handle handle-form']],
    ['has a contact that fits a header', 'contact: 特許庁\n', ['1 contact contact-form']],
    [
      'has an origin without a path',
      'console: { origin: https://a.example/x }\n',
      ['1 console.origin origin-form'],
    ],
    [
      'has an origin that is guarded',
      'console: { origin: http://a.example }\n',
      ['1 console.origin origin-form'],
    ],
    ['has a port', 'console: { port: 70000 }\n', ['1 console.port out-of-range']],
    [
      'cannot be told not to wait',
      'reconcile: { quarantine: 0s }\n',
      ['1 reconcile.quarantine duration-range'],
    ],
    [
      'tells its own server only where nobody listens in',
      'notify: { webhook: http://hooks.example.go.jp/k, auditHead: https://k:secret@example.go.jp/ }\n',
      ['1 notify.webhook hook-scheme', '1 notify.auditHead url-credentials'],
    ],
    ['speaks Japanese or English', 'operatorLanguage: fr\n', ['1 operatorLanguage not-one-of']],
  ])('%s', (_name, content, expected) => check('channels.yaml', content, expected));
});

describe('rules', () => {
  test('that fail their own tests don’t start', () => {
    const rules = shippedFiles()['config/rules.yaml'] ?? '';
    const wrong = '商標審査基準の改訂について';
    const broken = rules.replace('  urgent: |\n', `  urgent: |\n    # A comment.\n    ${wrong}\n`);
    const line = broken.slice(0, broken.indexOf(`    ${wrong}`)).split('\n').length;
    expect(mistakesOf({ files: { 'config/rules.yaml': broken } })).toEqual([
      `config/rules.yaml:${line} tests.urgent rule-test`,
    ]);
  });

  test('that are broken keep nobody from a command that classes no title', () => {
    const files = { 'config/rules.yaml': 'lists: {\n' };
    expect(mistakesOf({ files })).toHaveLength(1);
    const { rules } = loaded({ files, overrides: { rules: 'unread' } });
    expect(() => classify({ title: '地震', url: null, lang: 'ja' }, rules)).toThrow('not read');
  });

  test('of other stages report mistakes by line, too', () => {
    expect(mistakesOf({ files: { 'config/rules.yaml': 'lists: {}\nrulse: []\ntests: []\n' } })).toEqual(
      expect.arrayContaining(['config/rules.yaml:2 rulse unknown-key', 'config/rules.yaml:- rules required']),
    );
  });
});

describe('a notice forced by hand is kept back by nothing that it does not use', () => {
  const templates = shippedFiles()['config/templates.yaml'] ?? '';
  const urgent = { rules: 'unread', passOver: ['feeds'], template: 'earthquake' } as const;
  const files = {
    'config/feeds.yaml': 'feeds: []\n',
    'config/rules.yaml': 'lists: {\n',
    'config/notes.yaml': 'x\n',
    'config/templates.yaml': templates
      .replace('      {title}\n', '')
      .replace('ja: 豪雨・水害', 'jp: 豪雨・水害'),
  };

  test('other templates, feeds and rules may be broken', () => {
    expect(mistakesOf({ files }).length).toBeGreaterThan(2);
    const { templates: read } = loaded({ files, overrides: urgent });
    expect(Object.keys(read.forced)).toEqual(['earthquake']);
    expect(() => read.announcements).toThrow('could not be read');
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'its own template',
      { 'config/templates.yaml': templates.replace('ja: 地震・津波', 'jp: 地震') },
      'earthquake',
    ],
    [
      'a template that is not there',
      { 'config/templates.yaml': templates.replace('  earthquake:', '  quake: 1\n  quakes:') },
      'forced',
    ],
    ['templates that are no YAML', { 'config/templates.yaml': 'forced: {\n' }, 'yaml-syntax'],
    ['the policy, which says who must agree', { 'config/policy.yaml': 'versoin: a\n' }, 'policy.yaml'],
    ['a file that may have been meant for the policy', { 'config/policy.yml': '' }, 'policy.yml'],
    ['the account', { 'config/channels.yaml': 'handel: a\n' }, 'channels.yaml'],
  ])('but not %s', (_name, wrong, named) => {
    expect(mistakesOf({ files: wrong, overrides: urgent }).join('\n')).toContain(named);
  });
});

test('a folder that is not there is one mistake', () => {
  expect(mistakesOf({ overrides: { configDir: 'conf' } })).toEqual(['conf:-  folder-missing']);
});

test('mistakes of all files and of the environment come together', () => {
  const given = {
    files: {
      'config/feeds.yaml': 'feeds: []\n',
      'config/policy.yaml': 'versoin: a\n',
      '.env': 'X_API_KEY=a',
    },
    env: { LOG_LEVEL: 'loud' },
  };
  expect(mistakesOf(given).map((mistake) => mistake.split(/[: ]/u)[0])).toEqual(
    expect.arrayContaining(['.env', 'environment', 'config/feeds.yaml', 'config/policy.yaml']),
  );
});

function bomb(): string {
  const lines = Array.from({ length: 12 }, (_, level) => {
    const inside = level === 0 ? '"x"' : `*a${level - 1}`;
    return `a${level}: &a${level} [${Array.from({ length: 9 }, () => inside).join(', ')}]`;
  });
  return lines.join('\n');
}
