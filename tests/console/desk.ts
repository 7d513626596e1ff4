import { tokenHash, tokenText } from '../../src/governance/access-token.ts';
import { hashPassword } from '../../src/governance/password.ts';
import type { Role } from '../../src/governance/operator.ts';
import { reviewAlert } from '../../src/governance/review.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { aRealEntry, publishedEntry, START } from '../app/fake-app.ts';
import { anApproval, anAttempt } from '../outbox/sample-entries.ts';
import type { Browser, TestConsole } from './visitor.ts';

const DAY = 86_400_000;

/** What lies on an officer's desk: a post in each state in which a person can do something, two that were taken for a flood, and one to be reviewed. */
export async function layOut({ app }: TestConsole, more: Partial<Entry> = {}): Promise<void> {
  const { store } = app;
  const attempt = anAttempt({ at: START - 60_000, deadlineAt: START - 45_000 });
  const sent = { attempts: 1, attempt, firstAttemptAt: attempt.at };
  const search = {
    reads: 3,
    misses: 1,
    lastReadAt: START - 1_000,
    nextReadAt: START + DAY,
    duplicateRefused: true,
  };
  const flood = { rule: 'baseline-burst', params: { flood: 'many' } } as const;
  const held = { state: 'held', heldSince: START } as const;
  const all: readonly Partial<Entry>[] = [
    { id: 'held1', ...held },
    { id: 'queued1', state: 'queued', dueAt: START + DAY },
    { id: 'uncertain1', state: 'uncertain', ...sent, search, needsPerson: true },
    { id: 'rejected1', state: 'rejected', ...sent },
    { id: 'flood1', ...held, batchId: 'b1', reasons: [flood] },
    { id: 'flood2', ...held, batchId: 'b1', reasons: [flood] },
  ];
  for (const one of all) await store.recordEntry(aRealEntry({ ...one, ...more }));
  await publishedEntry(app, { id: 'published1', ...more });
  // A notice that somebody forced alone: another person has yet to look at it.
  const forced = { id: 'alone1', topic: 'urgent', source: null, by: '森', ...more } as const;
  const alone = anApproval({ by: '森', hash: aRealEntry(forced).textHash, breakGlass: true });
  // And a backlog that goes out one by one.
  app.progress.begin('backlog', app.scope.account, 40, START).step(12, 40);
  const alert = reviewAlert(await publishedEntry(app, { ...forced, approvals: [alone] }));
  if (alert !== null) await store.saveAlert(app.scope, alert);
}

/** Registers people who have set this password themselves. */
export async function enrol(
  { app }: Pick<TestConsole, 'app'>,
  people: Readonly<Record<string, readonly Role[]>>,
  password: string,
): Promise<void> {
  const passwordHash = await hashPassword(password, Buffer.alloc(16, 1), app.passwordCost);
  for (const [name, roles] of Object.entries(people)) {
    const event = { name, by: 'administrator', at: app.clock.now(), reason: null };
    await app.governance.changeOperator({ ...event, kind: 'add', roles, passwordHash });
    await app.governance.changeOperator({ ...event, kind: 'set-password', passwordHash, mustChange: false });
  }
}

/** Signs a registered person in, without the second that a password costs. */
export async function seat(console: TestConsole, name: string, roles: readonly Role[]): Promise<Browser> {
  const { app, sessions } = console;
  const at = app.clock.now();
  const governance = app.governance;
  const base = { at, by: 'administrator', reason: null, passwordHash: '$argon2id$none' };
  await governance.changeOperator({ ...base, kind: 'first-run', name: 'administrator' });
  await governance.changeOperator({ ...base, kind: 'add', name, roles });
  const text = tokenText(name);
  const token = {
    id: `t-${name}`,
    kind: 'session',
    label: 'console',
    hash: tokenHash(text),
    createdAt: at,
    expiresAt: null,
    revokedAt: null,
  } as const;
  await governance.changeOperator({ kind: 'add-token', name, by: name, at, reason: null, token });
  const { cookie } = sessions.begin({ name, roles, token: text, tokenId: token.id }, at);
  const browser = console.browser();
  browser.cookies.set('kosatsu', cookie);
  return browser;
}

/** Everything that an act could have changed; that a refusal was noted is no change. */
export function face({ app }: Pick<TestConsole, 'app'>): string {
  const { entries, history, stops, alerts, facts, operators } = app.store.peek();
  return JSON.stringify([entries, history, stops, alerts, facts, operators].map((one) => [...one]));
}
