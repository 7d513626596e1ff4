import { expect, test } from 'vitest';
import { checkGoingLive } from '../../src/app/check-going-live.ts';
import type { Config } from '../../src/config.ts';
import type { Operator, Role } from '../../src/governance/operator.ts';
import type { PolicyConfig } from '../../src/policy/policy-config.ts';
import { feedConfig } from '../fixtures/feed/feed-config.ts';
import { aFakeApp } from './fake-app.ts';

const shipped = aFakeApp().config;
const good: Config = {
  ...shipped,
  mode: 'live',
  operatorLang: 'en',
  dataDir: '/srv/kosatsu',
  feeds: [feedConfig()],
  notify: { webhook: new URL('https://alarm.go.jp/'), auditHead: new URL('https://records.go.jp/') },
  policy: {
    ...shipped.policy,
    approval: { ...shipped.policy.approval, forced: 'two' },
    budget: { monthly: 100, reservedForUrgent: null },
  },
};

function person(name: string, role: Role, change: Partial<Operator> = {}): Operator {
  const unused = {
    passwordHash: null,
    mustChangePassword: false,
    createdAt: 0,
    disabledAt: null,
    tokens: [],
  };
  return { name, roles: [role], origin: 'added', ...unused, ...change };
}
const sato = person('佐藤', 'approver');
const suzuki = person('鈴木', 'approver');

/** What is said of the settings, where only one thing is changed. */
function check(
  change: Partial<Config>,
  policy: Partial<PolicyConfig>,
  expected: string,
  people: readonly Operator[] = [sato, suzuki],
): void {
  const findings = checkGoingLive({ ...good, ...change, policy: { ...good.policy, ...policy } }, people);
  expect(findings.map(({ ok, message }) => `${ok} ${message}`).join('\n')).toMatch(
    new RegExp(`^${expected}.*$`, 'u'),
  );
}

test('settings fit for a live account are called so', () => check({}, {}, 'ok What settings can show'));

test('a sandbox is asked for none of it', () => {
  expect(checkGoingLive({ ...good, mode: 'sandbox' }, [])).toEqual([]);
});

test('each point that settings can show is warned of by itself', () => {
  check({}, { allowedHosts: ['jpo.go.jp', 'example.com'] }, 'warning .*example\\.com');
  check({}, { allowedHosts: ['notgo.jp'] }, 'warning .*notgo\\.jp');
  check({}, { version: 'default' }, 'warning The policy bears no version');
  check({}, { published: null }, 'warning There is no policy text');
  check({ notify: { ...good.notify, webhook: null } }, {}, 'warning Alarms go nowhere');
  check({ notify: { ...good.notify, auditHead: null } }, {}, 'warning The head of the audit log');
  check({}, { approval: { ...good.policy.approval, forced: 'auto' } }, "warning .*nobody's yes");
  check({}, { approval: { ...good.policy.approval, forced: 'one' } }, "warning One person's yes");
  check({}, { dailyBudget: { posts: 40, reservedForUrgent: 0 } }, 'warning Nothing of the day');
  check({}, { budget: { monthly: null, reservedForUrgent: null } }, "warning A month's cost");
  const plain = feedConfig({ location: { kind: 'url', url: 'http://www.jpo.go.jp/news.rdf' } });
  check({ feeds: [plain] }, {}, 'warning Feed "jpo" is read over plain http');
  check({ dataDir: '/tmp/kosatsu' }, {}, 'warning The data folder');
});

test('who could approve and withdraw is warned of, where they are less than two', () => {
  const admin = person('administrator', 'administrator', { origin: 'first-run' });
  check({}, {}, 'warning Nobody is registered', [admin]);
  check({}, {}, 'warning None of the registered people is an approver', [admin, person('田中', 'editor')]);
  check({}, {}, 'warning Two people must say yes .*佐藤', [admin, sato, { ...suzuki, disabledAt: 1 }]);
  const one = { approval: { ...good.policy.approval, forced: 'one' } } as const;
  const findings = checkGoingLive({ ...good, policy: { ...good.policy, ...one } }, [sato]);
  expect(findings.map(({ message }) => message).join('\n')).toMatch(
    /Only one approver is registered \(佐藤\)/u,
  );
});
