import { describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/app/audit-log.ts';
import { approvalsNow } from '../../src/app/approvals-now.ts';
import { authorize, checkRole } from '../../src/app/authorize.ts';
import { examineUrgent, publishUrgentAlone, type UrgentRequest } from '../../src/app/force-urgent.ts';
import { editPost } from '../../src/app/edit-post.ts';
import { resolveEntry } from '../../src/app/resolve-entry.ts';
import { proposeWithdrawal, withdrawPost } from '../../src/app/withdraw-post.ts';
import { watchApprovals } from '../../src/app/watch-approvals.ts';
import { keepRecords } from '../../src/app/keep-records.ts';
import { act } from '../../src/app/operator-actions.ts';
import {
  addOperator,
  disableOperator,
  ensureAdministrator,
  resetPassword,
  revokeToken,
  setRoles,
  type Administration,
} from '../../src/app/operators.ts';
import { pausePublishing } from '../../src/app/pauses.ts';
import { proposeOnRecord } from '../../src/app/propose-on-record.ts';
import { erasePerson, exportPerson } from '../../src/app/privacy.ts';
import type { Delivery, Outside } from '../../src/app/ports.ts';
import { publishNext } from '../../src/app/publish-next.ts';
import { reviewPost } from '../../src/app/review-post.ts';
import { changePassword, makeToken } from '../../src/app/sign-in.ts';
import { TimelineGuard } from '../../src/app/timeline-guard.ts';
import { describeReason } from '../../src/messages/policy.ts';
import type { Role } from '../../src/governance/operator.ts';
import type { ApprovalMode } from '../../src/policy/policy-config.ts';
import { readBody } from '../../src/governance/verify-chain.ts';
import type { Tables } from '../../src/adapters/memory/tables.ts';
import { aFakeApp, aRealEntry, SCOPE, type FakeApp } from './fake-app.ts';

const HOUR = 3_600_000;
const SIGNAL = new AbortController().signal;
const OWN_PASSWORD = 'correct horse battery staple';

function anApp(forced: ApprovalMode = 'two'): FakeApp {
  const app = aFakeApp();
  const { policy } = app.config;
  return {
    ...app,
    config: { ...app.config, policy: { ...policy, approval: { ...policy.approval, forced } } },
  };
}

/** A person who was registered, has set a password and made a token. */
async function register(app: FakeApp, name: string, roles: readonly Role[], token?: string): Promise<string> {
  const added = await addOperator(app, { by: 'administrator', token, reason: null }, { name, roles });
  if (added.kind === 'refused') return expect.fail(added.message);
  return tokenOf(app, name, added.password);
}

async function tokenOf(app: FakeApp, name: string, oneTime: string): Promise<string> {
  await changePassword(app, { name, password: oneTime, newPassword: OWN_PASSWORD });
  const made = await makeToken(app, { name, password: OWN_PASSWORD, kind: 'personal', label: 'desk' });
  return made.kind === 'made' ? made.token : expect.fail(made.message);
}

type Tokens = Record<'root' | 'edith' | 'anne' | 'bert', string>;
let office: { tables: Tables; tokens: Tokens } | null = null;

/** An office with an administrator, an editor and two approvers; their tokens. Made once, because passwords are slow by intent. */
async function anOffice(app: FakeApp): Promise<Tokens> {
  if (office === null) {
    const first = anApp();
    office = { tokens: await makeOffice(first), tables: first.store.snapshot() };
  }
  app.store.restore(office.tables);
  return office.tokens;
}

async function makeOffice(app: FakeApp): Promise<Tokens> {
  const first = await ensureAdministrator(app);
  const root = await tokenOf(app, 'administrator', first?.password ?? '');
  return {
    root,
    edith: await register(app, 'edith', ['editor'], root),
    anne: await register(app, 'Anne', ['approver'], root),
    bert: await register(app, 'bert', ['approver'], root),
  };
}

async function log(app: FakeApp): Promise<readonly { act: string; reason: string | null; actor: string }[]> {
  const records = await app.governance.auditRecords(0, 10_000);
  return records.map(({ body }) => readBody(body) ?? expect.fail('unreadable'));
}

function aNotice(overrides: Partial<UrgentRequest> = {}): UrgentRequest {
  return {
    requestId: 'r1',
    text: '令和8年駿河湾地震により影響を受けた手続の取扱いについて',
    url: 'https://www.jpo.go.jp/news/koho/saigai/x.html',
    fields: {},
    lang: 'ja',
    by: 'anne',
    reason: '担当者不在のため',
    overridePause: false,
    ...overrides,
  };
}

describe('until somebody is registered', () => {
  test('whoever uses the machine is trusted, and any name is recorded', async () => {
    const app = anApp();
    await ensureAdministrator(app);
    expect(await authorize(app, { act: 'approve', by: 'whoever' })).toMatchObject({
      kind: 'allowed',
      by: 'whoever',
    });
    await app.store.recordEntry(aRealEntry({ state: 'held', heldSince: app.clock.now() }));
    expect(await act(app, { kind: 'approve', id: 'e1', by: 'tanaka', reason: '確認' })).toMatchObject({
      kind: 'done',
    });
  });

  test('nobody acts under the program’s own name, or under none', async () => {
    const app = anApp();
    await app.store.recordEntry(aRealEntry({ state: 'held', heldSince: app.clock.now() }));
    for (const by of ['kosatsu', ' ＫＯＳＡＴＳＵ ', ''])
      expect(await act(app, { kind: 'approve', id: 'e1', by, reason: '確認' })).toMatchObject({
        kind: 'refused',
        message: expect.stringContaining('own name'),
      });
    expect(await refusalsOnRecord(app)).toEqual(['program-name', 'program-name', 'program-name']);
    expect(await app.governance.people()).toEqual([]);
  });

  test('the first run makes one administrator, and the next none', async () => {
    const app = anApp();
    const first = await ensureAdministrator(app);
    expect(first).toMatchObject({
      operator: { name: 'administrator', roles: ['administrator'], mustChangePassword: true },
    });
    expect(first?.password).toMatch(/^\w{5}(?:-\w{5}){3}$/u);
    expect(await ensureAdministrator(app)).toBeNull();
    expect(JSON.stringify(await app.governance.operators())).not.toContain(first?.password);
  });
});

describe('once somebody is registered', () => {
  test('an act needs a registered name, that person’s token and a role; every refusal is recorded', async () => {
    const app = anApp();
    const { edith, anne, root } = await anOffice(app);
    const before = (await log(app)).length;
    const tries: readonly (readonly [by: string, token: string | undefined, code: string | null])[] = [
      ['anne', anne, null],
      ['ＡＮＮＥ', anne, null],
      ['anne', undefined, 'token-missing'],
      ['anne', '  ', 'token-missing'],
      ['anne', edith, 'token-wrong'],
      ['anne', 'kosatsu_0', 'token-wrong'],
      ['whoever', anne, 'operator-unknown'],
      ['kosatsu', undefined, 'program-name'],
      ['edith', edith, 'role-too-low'],
      ['administrator', root, 'role-too-low'],
    ];
    for (const [by, token, code] of tries) {
      const result = await authorize(app, { act: 'approve', by, token });
      expect([by, result.kind], code ?? 'allowed').toEqual([by, code === null ? 'allowed' : 'refused']);
    }
    const refusals = (await log(app)).slice(before);
    expect(refusals.map(({ reason }) => reason)).toEqual(tries.flatMap(([, , code]) => code ?? []));
    expect(refusals.every((line) => line.act === 'refused')).toBe(true);
  });

  test('a role too low changes nothing, whichever edge forgot to ask', async () => {
    const app = anApp();
    await anOffice(app);
    await app.store.recordEntry(aRealEntry({ state: 'held', heldSince: app.clock.now() }));
    expect(await act(app, { kind: 'approve', id: 'e1', by: 'edith', reason: 'x' })).toMatchObject({
      kind: 'refused',
    });
    expect(await app.store.find('e1')).toMatchObject({ state: 'held', revision: 1 });
    expect((await log(app)).at(-1)).toMatchObject({ act: 'refused', reason: 'role-too-low' });
  });

  test('a disabled person’s token and password open nothing', async () => {
    const app = anApp();
    const { anne, root } = await anOffice(app);
    await disableOperator(app, { by: 'administrator', token: root, reason: '異動' }, 'anne');
    expect(await authorize(app, { act: 'approve', by: 'anne', token: anne })).toMatchObject({
      kind: 'refused',
    });
    const again = { name: 'anne', password: OWN_PASSWORD, kind: 'session', label: '' } as const;
    expect(await makeToken(app, again)).toMatchObject({ kind: 'refused' });
  });

  test('a revoked token opens nothing, and roles change what is allowed', async () => {
    const app = anApp();
    const { edith, root } = await anOffice(app);
    const who = { by: 'administrator', token: root, reason: null };
    await setRoles(app, who, { name: 'edith', roles: ['approver'] });
    expect(await authorize(app, { act: 'approve', by: 'edith', token: edith })).toMatchObject({
      kind: 'allowed',
    });
    const tokenId =
      (await app.governance.operators()).find(({ name }) => name === 'edith')?.tokens[0]?.id ?? '';
    await revokeToken(app, who, { name: 'edith', tokenId });
    expect(await authorize(app, { act: 'approve', by: 'edith', token: edith })).toMatchObject({
      kind: 'refused',
    });
  });

  test('only an administrator registers, and never the last one goes', async () => {
    const app = anApp();
    const { anne, root } = await anOffice(app);
    const wanted = { name: 'carl', roles: ['viewer'] as const };
    expect(await addOperator(app, { by: 'anne', token: anne, reason: null }, wanted)).toMatchObject({
      kind: 'refused',
    });
    const who = { by: 'administrator', token: root, reason: null };
    expect(await addOperator(app, who, wanted)).toMatchObject({ kind: 'done' });
    for (const name of ['carl', 'kosatsu', '=1+1', ''])
      expect(await addOperator(app, who, { ...wanted, name })).toMatchObject({ kind: 'refused' });
    expect(await addOperator(app, who, { name: 'dora', roles: [] })).toMatchObject({ kind: 'refused' });
    expect(await disableOperator(app, who, 'administrator')).toMatchObject({ kind: 'refused' });
    expect(await setRoles(app, who, { name: 'administrator', roles: ['viewer'] })).toMatchObject({
      kind: 'refused',
    });
    expect(await resetPassword(app, who, 'zoe')).toMatchObject({ kind: 'refused' });
    expect(await refusalsOnRecord(app)).toEqual([
      'role-too-low',
      'operator-exists',
      ...['kosatsu', '=1+1', ''].map(() => 'name-form'),
      'roles-none',
      'last-administrator',
      'last-administrator',
      'operator-unknown',
    ]);
    // What was typed into the place of a name may be anything: only people have a place in the log.
    expect((await app.governance.people()).map(({ name }) => name)).not.toContain('zoe');
  });

  test('a name under which an erased one stands in the records is nobody’s', async () => {
    const app = anApp();
    const { root } = await anOffice(app);
    const who = { by: 'administrator', token: root, reason: null };
    const refused = await addOperator(app, who, { name: 'Ｐerson-2', roles: ['viewer'] });
    expect(refused).toMatchObject({ kind: 'refused' });
  });

  test('and everybody who was added has left, people are known by name still', async () => {
    const app = anApp();
    const { root } = await anOffice(app);
    const who = { by: 'administrator', token: root, reason: null };
    for (const name of ['edith', 'anne', 'bert']) {
      await disableOperator(app, who, name);
      expect(await erasePerson(app, who, name)).toMatchObject({ kind: 'erased' });
    }
    expect(await authorize(app, { act: 'approve', by: 'whoever' })).toMatchObject({ kind: 'refused' });
    expect(await authorize(app, { act: 'privacy', ...who })).toMatchObject({ kind: 'allowed' });
  });

  test('a one-time password is good for setting another one, and for nothing else', async () => {
    const app = anApp();
    const { root } = await anOffice(app);
    const reset = await resetPassword(app, { by: 'administrator', token: root, reason: null }, 'bert');
    const password = reset.kind === 'done' ? reset.password : '';
    const want = { name: 'bert', password, kind: 'personal', label: '' } as const;
    expect(await makeToken(app, want)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('password'),
    });
    const short = { name: 'bert', password, newPassword: 'short' };
    expect(await changePassword(app, short)).toMatchObject({ kind: 'refused' });
    expect(await changePassword(app, { ...short, newPassword: 'another long passphrase' })).toMatchObject({
      kind: 'signed-in',
    });
  });

  test('a password set by an administrator ends all tokens; a person’s own new one keeps them', async () => {
    const app = anApp();
    const { root, anne, bert } = await anOffice(app);
    await resetPassword(app, { by: 'administrator', token: root, reason: null }, 'bert');
    await changePassword(app, { name: 'anne', password: OWN_PASSWORD, newPassword: `${OWN_PASSWORD} 2` });
    const kinds = [
      await authorize(app, { act: 'approve', by: 'bert', token: bert }),
      await authorize(app, { act: 'approve', by: 'anne', token: anne }),
    ].map(({ kind }) => kind);
    expect(kinds).toEqual(['refused', 'allowed']);
  });

  test('nothing is made with a password that an administrator replaced while it was compared', async () => {
    const app = anApp();
    const { root } = await anOffice(app);
    // Right after it was found to be right, another one is set.
    const { governance, store } = app;
    const recordSignIn = governance.recordSignIn.bind(governance);
    governance.recordSignIn = async (key, attempt) => {
      if (attempt.succeeded)
        await resetPassword(app, { by: 'administrator', token: root, reason: '盗難' }, 'bert');
      await recordSignIn(key, attempt);
    };
    const own = { name: 'bert', password: OWN_PASSWORD };
    expect(await makeToken(app, { ...own, kind: 'personal', label: '' })).toMatchObject({ kind: 'refused' });
    store.restore((office ?? expect.fail()).tables);
    expect(await changePassword(app, { ...own, newPassword: `${OWN_PASSWORD} 2` })).toMatchObject({
      kind: 'refused',
    });
  });

  test('under the pseudonym of an erased person nobody acts', async () => {
    expect(await checkRole(anApp(), { act: 'approve', by: 'Person-3' })).toMatchObject({ kind: 'refused' });
  });

  test('guessing a password is slowed down, also for a name that nobody bears', async () => {
    const app = anApp();
    const { root } = await anOffice(app);
    expect(root).toMatch(/^kosatsu_/u);
    for (const name of ['anne', 'nobody']) {
      const guess = { name, password: 'guess', kind: 'session', label: '' } as const;
      const answers: string[] = [];
      for (let tries = 0; tries < 6; tries += 1) {
        const answer = await makeToken(app, guess);
        answers.push(answer.kind === 'refused' ? answer.message : '');
      }
      expect(new Set(answers.slice(0, 5)).size).toBe(1);
      expect(answers[5]).toContain('no sign-in before');
    }
    const right = { name: 'anne', password: OWN_PASSWORD, kind: 'session', label: '' } as const;
    expect(await makeToken(app, right)).toMatchObject({ kind: 'refused' });
    await app.clock.sleep(61_000);
    expect(await makeToken(app, right)).toMatchObject({ kind: 'made' });
  });
});

/** Why people were refused, as the log has it. */
async function refusalsOnRecord(app: FakeApp): Promise<(string | null | undefined)[]> {
  const bodies = (await app.governance.auditRecords(0, 1_000)).map(({ body }) => readBody(body));
  return bodies.filter((body) => body?.act === 'refused').map((body) => body?.reason);
}

test('a request that is replayed with other words is refused, recorded, and posts nothing', async () => {
  const app = anApp('one');
  const { account, mode } = app.scope;
  const asked = aNotice();
  expect(await publishUrgentAlone(app, asked, SIGNAL)).toMatchObject({ kind: 'published' });
  const [{ text } = { text: '' }] = app.publisher.sent;
  const again = { ...asked, confirmed: { text, account, mode } };
  expect(await publishUrgentAlone(app, again, SIGNAL)).toMatchObject({ kind: 'published' });
  const other = { ...asked, text: '別の文面', confirmed: { text: '別の文面', account, mode } };
  expect(await publishUrgentAlone(app, other, SIGNAL)).toMatchObject({ kind: 'mistake' });
  expect(app.publisher.sent).toHaveLength(1);
  expect(await refusalsOnRecord(app)).toEqual(['request-replayed']);
});

test('an edit, a withdrawal and a resolution that are refused are on the record, once each', async () => {
  const app = anApp('one');
  await app.store.recordEntry(aRealEntry({ state: 'cancelled' }));
  const request = { id: 'e1', by: 'anne', reason: '誤り' };
  expect(await editPost(app, { ...request, text: '別の文面' })).toMatchObject({ kind: 'refused' });
  expect(await withdrawPost(app, { ...request, correction: null })).toMatchObject({ kind: 'refused' });
  const outcome = { kind: 'not-published' } as const;
  expect(await resolveEntry(app, { ...request, outcome }, SIGNAL)).toMatchObject({ kind: 'refused' });
  expect(await refusalsOnRecord(app)).toEqual(['not-open', 'not-published', 'not-uncertain']);
  // Who is shown first what would be done is refused then, and asks no second time.
  const proposal = await proposeWithdrawal(app, { ...request, correction: null });
  expect(proposal).toMatchObject({ kind: 'refused' });
  expect((await refusalsOnRecord(app)).at(-1)).toBe('not-published');
});

test.each<[string, { text: string } | { template: string }]>([
  ['a template with a missing field', { template: 'earthquake' }],
  ['a template that does not exist', { template: 'volcano' }],
  ['a placeholder', { text: '○月○日の地震により影響を受けた手続の取扱いについて' }],
])('%s is refused with its place, and recorded, before there is anything', async (_, source) => {
  const app = anApp('one');
  const { text: _text, ...rest } = aNotice();
  const proposal = await proposeOnRecord(app, { ...rest, ...source });
  const told = proposal.kind === 'mistake' ? [proposal.message] : proposal.messages;
  expect(told.join()).not.toBe('');
  expect(await refusalsOnRecord(app)).toEqual([told.join(' ')]);
  expect(await app.store.list({})).toEqual([]);
});

const replays: readonly { name: string; change: Partial<UrgentRequest>; kind: 'published' | 'mistake' }[] = [
  { name: 'the very same', change: {}, kind: 'published' },
  { name: 'the name in another spelling', change: { by: 'ＡＮＮＥ' }, kind: 'published' },
  { name: 'other words, with nothing confirmed', change: { text: '別の文面' }, kind: 'mistake' },
  { name: 'another address', change: { url: 'https://www.jpo.go.jp/other.html' }, kind: 'mistake' },
  { name: 'another person', change: { by: 'bert' }, kind: 'mistake' },
  {
    name: 'another account, confirmed',
    change: { confirmed: { text: '', account: 'other', mode: 'sandbox' } },
    kind: 'mistake',
  },
  {
    name: 'another mode, confirmed',
    change: { confirmed: { text: '', account: '', mode: 'drill' } },
    kind: 'mistake',
  },
];

test.each(replays)('a replayed request is the same notice, or refused: $name', async ({ change, kind }) => {
  const app = anApp('one');
  const { account, mode } = app.scope;
  const first = await publishUrgentAlone(app, aNotice(), SIGNAL);
  expect(first).toMatchObject({ kind: 'published' });
  const [{ text } = { text: '' }] = app.publisher.sent;
  const told = change.confirmed;
  // What the change leaves open is as it was: only one thing differs at a time.
  const confirmed = told && { text, account: told.account || account, mode: told.account ? mode : told.mode };
  const replay = { ...aNotice(change), ...(confirmed === undefined ? {} : { confirmed }) };
  expect(await publishUrgentAlone(app, replay, SIGNAL)).toMatchObject({ kind });
  // Words under which nothing was confirmed, passed off as those that were.
  const lied = { ...replay, confirmed: confirmed ?? { text, account, mode } };
  expect(await publishUrgentAlone(app, lied, SIGNAL)).toMatchObject({ kind });
  expect(app.publisher.sent).toHaveLength(1);
  expect(await app.store.list({})).toHaveLength(1);
});

describe('two persons', () => {
  test('the submitter is never the second, whatever the spelling; another person is', async () => {
    const app = anApp();
    await anOffice(app);
    const held = await publishUrgentAlone(app, aNotice(), SIGNAL);
    expect(held).toMatchObject({ kind: 'held' });
    const id = held.kind === 'held' ? (held.entryId ?? '') : '';
    for (const by of ['anne', 'ANNE', 'ａｎｎｅ ']) {
      expect(await act(app, { kind: 'approve', id, by, reason: 'x' })).toMatchObject({ kind: 'refused' });
    }
    expect(app.publisher.sent).toEqual([]);
    expect(await refusalsOnRecord(app)).toEqual(Array(3).fill('approved-already'));
    expect(await act(app, { kind: 'approve', id, by: 'bert', reason: '確認' })).toMatchObject({
      kind: 'done',
      entry: { state: 'queued' },
    });
  });

  test('the store refuses a queued post with too few people behind it', async () => {
    const app = anApp();
    const entry = aRealEntry({ kind: 'forced', topic: 'urgent', approvalsNeeded: 2, originKey: null });
    const approval = { by: 'anne', at: app.clock.now(), hash: entry.textHash, reason: '', covers: [] };
    await app.store.recordEntry({ ...entry, approvals: [approval, { ...approval, by: 'ＡＮＮＥ' }] });
    const held = await app.lease.acquire('test', 0);
    if (held.kind !== 'held') return expect.fail('busy');
    const right = { lease: held.lease, guard: new TimelineGuard() };
    expect(await publishNext(app, right, 'urgent', SIGNAL)).toMatchObject({
      kind: 'set-aside',
      entry: { state: 'held', reasons: [{ rule: 'approval' }] },
    });
    expect(app.publisher.sent).toEqual([]);
  });

  test('an editor’s own notice waits for an approver where one person is enough', async () => {
    const app = anApp('one');
    await anOffice(app);
    const held = await publishUrgentAlone(app, aNotice({ by: 'edith' }), SIGNAL);
    expect(held).toMatchObject({ kind: 'held' });
    expect(app.told).toEqual([expect.objectContaining({ code: 'entry-held-urgently', severity: 'alarm' })]);
    expect(
      await publishUrgentAlone(
        app,
        aNotice({ requestId: 'r2', by: 'anne', text: '別の緊急のお知らせについて' }),
        SIGNAL,
      ),
    ).toMatchObject({
      kind: 'published',
    });
  });

  test('an approval expires: the post goes back to its approvers and is not sent', async () => {
    const app = anApp('one');
    const entry = aRealEntry({ kind: 'forced', topic: 'urgent', approvalsNeeded: 1, originKey: null });
    const approval = { by: 'anne', at: app.clock.now(), hash: entry.textHash, reason: '', covers: [] };
    await app.store.recordEntry({ ...entry, approvals: [approval] });
    await app.clock.sleep(24 * HOUR);
    const held = await app.lease.acquire('test', 0);
    if (held.kind !== 'held') return expect.fail('busy');
    const report = await publishNext(
      app,
      { lease: held.lease, guard: new TimelineGuard() },
      'urgent',
      SIGNAL,
    );
    expect(report).toMatchObject({
      kind: 'set-aside',
      entry: { state: 'held', approvals: [], note: 'its approvals have expired' },
    });
    expect(app.told).toEqual([expect.objectContaining({ code: 'entry-held-urgently', severity: 'alarm' })]);
    expect(app.publisher.sent).toEqual([]);
  });

  test('of a yes that ends while an urgent notice still waits, people are told outside at once, until it is given anew', async () => {
    const app = anApp();
    const { root } = await anOffice(app);
    const entry = aRealEntry({ kind: 'forced', topic: 'urgent', approvalsNeeded: 2, originKey: null });
    await app.store.recordEntry({ ...entry, state: 'held', heldSince: app.clock.now() });
    const approve = (by: string): ReturnType<typeof act> =>
      act(app, { kind: 'approve', id: entry.id, by, reason: '確認' });
    const told = (): readonly object[] => app.told.filter(({ code }) => code === 'approval-lapsed');
    await approve('anne');
    await watchApprovals(app);
    expect(told()).toEqual([]);
    app.clock.wallAhead += 24 * HOUR;
    await watchApprovals(app);
    await watchApprovals(app);
    expect(told()).toMatchObject([{ severity: 'alarm', params: { id: entry.id, ended: 1 } }]);
    await approve('anne');
    await watchApprovals(app);
    expect(await app.store.alerts(SCOPE)).toEqual([]);
    await approve('bert');
    await watchApprovals(app);
    expect(await app.store.alerts(SCOPE)).toEqual([]);
    // All have agreed, but it waits, because publishing is paused.
    await disableOperator(app, { by: 'administrator', token: root, reason: null }, 'bert');
    await watchApprovals(app);
    expect(told()).toHaveLength(2);
    await act(app, { kind: 'cancel', id: entry.id, by: 'anne', reason: '不要' });
    await watchApprovals(app);
    expect(await app.store.alerts(SCOPE)).toEqual([]);
  });

  test.each([
    ['disabled', (app: FakeApp, who: Administration) => disableOperator(app, who, 'anne')],
    [
      'made a viewer',
      (app: FakeApp, who: Administration) => setRoles(app, who, { name: 'anne', roles: ['viewer'] }),
    ],
    [
      'erased, and registered again,',
      async (app: FakeApp, who: Administration) => {
        await disableOperator(app, who, 'anne');
        await erasePerson(app, who, 'anne');
        return addOperator(app, who, { name: 'anne', roles: ['approver'] });
      },
    ],
  ])('an approval of somebody who is %s before the post goes out counts no more', async (_, change) => {
    const app = anApp('one');
    const { root } = await anOffice(app);
    const entry = aRealEntry({ kind: 'forced', topic: 'urgent', approvalsNeeded: 1, originKey: null });
    const approval = { by: 'Anne', at: app.clock.now(), hash: entry.textHash, reason: '', covers: [] };
    await app.store.recordEntry({ ...entry, approvals: [approval] });
    expect(await change(app, { by: 'administrator', token: root, reason: null })).toMatchObject({
      kind: 'done',
    });
    const held = await app.lease.acquire('test', 0);
    if (held.kind !== 'held') return expect.fail('busy');
    const right = { lease: held.lease, guard: new TimelineGuard() };
    expect(await publishNext(app, right, 'urgent', SIGNAL)).toMatchObject({
      kind: 'set-aside',
      entry: { state: 'held', approvals: [], note: 'who approved it may not approve any more' },
    });
    expect(app.publisher.sent).toEqual([]);
    const again = await act(app, { kind: 'approve', id: entry.id, by: 'bert', reason: '確認' });
    expect(again).toMatchObject({ kind: 'done', entry: { state: 'queued' } });
  });

  test('whose approval has expired while the post waited for the second may say yes anew, and the expired one is named', async () => {
    const app = anApp();
    const entry = aRealEntry({ kind: 'forced', topic: 'urgent', approvalsNeeded: 2, originKey: null });
    await app.store.recordEntry({ ...entry, state: 'held', heldSince: app.clock.now() });
    const approve = (by: string): ReturnType<typeof act> =>
      act(app, { kind: 'approve', id: entry.id, by, reason: '確認' });
    expect(await approve('anne')).toMatchObject({ kind: 'done', entry: { state: 'held' } });
    expect(await approve('anne')).toMatchObject({ kind: 'refused' });
    await app.clock.sleep(24 * HOUR);
    const late = await approve('bert');
    if (late.kind !== 'done') return expect.fail(late.kind);
    expect(late.entry.state).toBe('held');
    expect(approvalsNow(app, late.entry).reasons).toEqual([
      { rule: 'approval', params: { given: 1, needed: 2, expired: 1 } },
    ]);
    const tightened = { rule: 'approval', params: { given: 1, needed: 3 } } as const;
    expect(approvalsNow(app, { ...late.entry, reasons: [tightened] }).reasons).toEqual([
      { rule: 'approval', params: { given: 1, needed: 3, expired: 1 } },
    ]);
    expect(await approve('anne')).toMatchObject({ kind: 'done', entry: { state: 'queued' } });
    const queued = (await app.store.find(entry.id)) ?? expect.fail('it is gone');
    expect(approvalsNow(app, queued)).toEqual(queued);
    await app.clock.sleep(24 * HOUR);
    expect(describeReason(approvalsNow(app, queued).reasons[0] ?? expect.fail('no reason'), 'ja')).toBe(
      '承認が必要です（必要2名、承認済み0名、有効期間を過ぎた承認2名）。',
    );
  });
});

describe('breaking the glass', () => {
  test('one approver with a reason and the password posts at once; everybody is told, another person reviews', async () => {
    const app = anApp();
    const { anne } = await anOffice(app);
    const alone = aNotice({ breakGlass: true, token: anne, password: OWN_PASSWORD });
    const result = await publishUrgentAlone(app, alone, SIGNAL);
    expect(result).toMatchObject({ kind: 'published' });
    const id = result.kind === 'published' ? result.entryId : '';
    expect(app.told).toContainEqual(expect.objectContaining({ code: 'break-glass', severity: 'alarm' }));
    expect(await app.store.alerts(SCOPE)).toContainEqual(expect.objectContaining({ key: `review:${id}` }));
    const review = { id, reason: '適切' };
    expect(await reviewPost(app, { ...review, by: 'anne' })).toEqual({ kind: 'own' });
    expect((await refusalsOnRecord(app)).at(-1)).toBe('own-review');
    expect(await reviewPost(app, { ...review, by: 'edith' })).toMatchObject({ kind: 'refused' });
    expect(await reviewPost(app, { ...review, by: 'bert' })).toEqual({ kind: 'reviewed' });
    expect(await reviewPost(app, { ...review, by: 'bert' })).toEqual({ kind: 'none' });
    expect((await app.store.alerts(SCOPE)).filter(({ key }) => key.startsWith('review:'))).toEqual([]);
  });

  test('takes the place of the same notice that waits for the second person', async () => {
    const app = anApp();
    const { anne } = await anOffice(app);
    const waiting = await publishUrgentAlone(app, aNotice(), SIGNAL);
    const again = aNotice({ requestId: 'r2' });
    expect(await examineUrgent(app, again)).toMatchObject({ verdict: 'hold', goesAlone: true });
    const alone = await publishUrgentAlone(
      app,
      { ...again, breakGlass: true, token: anne, password: OWN_PASSWORD },
      SIGNAL,
    );
    if (alone.kind !== 'published' || waiting.kind !== 'held') return expect.fail(alone.kind);
    expect(await app.store.find(waiting.entryId ?? '')).toMatchObject({
      state: 'cancelled',
      note: alone.entryId,
    });
  });

  test('is never reviewed by who broke it, also where the notice was held again before it left', async () => {
    const app = anApp();
    const { anne } = await anOffice(app);
    await pausePublishing(app, { by: 'bert', reason: '確認中' });
    const request = aNotice({ breakGlass: true, token: anne, password: OWN_PASSWORD });
    const result = await publishUrgentAlone(app, request, SIGNAL);
    if (result.kind !== 'waiting') return expect.fail(result.kind);
    const id = result.entryId;
    await act(app, { kind: 'hold', id, by: 'anne', reason: '文面の誤り' });
    expect(await app.store.find(id)).toMatchObject({ state: 'held', approvals: [] });
    expect(await reviewPost(app, { id, reason: '適切', by: 'ａｎｎｅ' })).toEqual({ kind: 'own' });
    expect(await reviewPost(app, { id, reason: '適切', by: 'bert' })).toEqual({ kind: 'reviewed' });
  });

  test('is refused, and the refusal recorded, without a token, the password, a reason, a role, or the need for it', async () => {
    const check = async (app: FakeApp, overrides: Partial<UrgentRequest>, cause: string): Promise<void> => {
      const request = aNotice({ breakGlass: true, password: OWN_PASSWORD, ...overrides });
      expect(await publishUrgentAlone(app, request, SIGNAL)).toMatchObject({
        kind: 'refused',
        entryId: null,
      });
      expect(app.publisher.sent).toEqual([]);
      expect(await app.store.list({})).toEqual([]);
      expect((await refusalsOnRecord(app)).at(-1)).toBe(cause);
    };
    const app = anApp();
    await check(app, {}, 'nobody-registered');
    const { anne, edith } = await anOffice(app);
    await check(app, {}, 'token-missing');
    await check(app, { token: anne, reason: ' ' }, 'reason-missing');
    await check(app, { token: anne, by: 'bert' }, 'token-wrong');
    await check(app, { token: edith, by: 'edith' }, 'role-too-low');
    const easy = anApp('one');
    await check(easy, { token: (await anOffice(easy)).anne }, 'break-glass-not-needed');
    const { password: _, ...withToken } = aNotice({ breakGlass: true, token: anne, password: '' });
    expect(await publishUrgentAlone(app, withToken, SIGNAL)).toMatchObject({
      kind: 'refused',
      entryId: null,
    });
    expect((await refusalsOnRecord(app)).at(-1)).toBe('sign-in-missing');
    // Guesses are limited as those at the door are: after five the right password waits too.
    for (let guess = 0; guess < 5; guess += 1)
      await check(app, { token: anne, password: 'a guess that is long enough' }, 'sign-in-failed');
    await check(app, { token: anne }, 'sign-in-failed');
  });
});

describe('the log and the posts', () => {
  test('tell the same, and a post altered behind the program’s back is found', async () => {
    const app = anApp();
    await app.store.recordEntry(aRealEntry());
    await app.store.recordEntry(aRealEntry({ id: 'e2' }));
    expect(await verifyAudit(app, new Map())).toMatchObject({ count: 2, problems: [] });
    const tables = app.store.snapshot();
    const entry = tables.entries.get('e2') ?? expect.fail('gone');
    for (const forged of [
      { ...entry, text: '別の文面' },
      { ...entry, textHash: 'f'.repeat(64) },
      { ...entry, state: 'cancelled' as const },
      { ...entry, revision: 9 },
      { ...entry, remoteId: '1790000000000000001' },
    ]) {
      tables.entries.set('e2', forged);
      app.store.restore(tables);
      expect((await verifyAudit(app, new Map())).problems).toEqual([
        { kind: 'entry-differs', seq: null, id: 'e2' },
      ]);
    }
    tables.entries.delete('e2');
    app.store.restore(tables);
    expect((await verifyAudit(app, new Map())).problems).toEqual([
      { kind: 'entry-missing', seq: null, id: 'e2' },
    ]);
  });

  test('a log of which nothing is left is no empty log', async () => {
    const app = anApp();
    expect(await verifyAudit(app, new Map())).toMatchObject({ count: 0, problems: [] });
    await app.store.recordEntry(aRealEntry({ by: 'anne' }));
    app.store.restore({ ...app.store.snapshot(), audit: { records: [], length: 0 } });
    expect((await verifyAudit(app, new Map())).problems).toEqual([{ kind: 'missing', seq: 1, id: null }]);
  });
});

describe('personal data', () => {
  test('is disclosed whole and without what opens doors, and erased on request', async () => {
    const app = anApp();
    const { root, anne } = await anOffice(app);
    await publishUrgentAlone(app, aNotice(), SIGNAL);
    const who = { by: 'administrator', token: root };
    const data = await exportPerson(app, who, 'Anne');
    expect(data).toMatchObject({ kind: 'data', name: 'Anne', operator: { roles: ['approver'] } });
    expect(data?.kind === 'data' ? data.posts.map((post) => post.as) : []).toEqual(['by', 'approval']);
    expect(data?.kind === 'data' ? data.acts.map((line) => line.act) : []).toContain('entry.record');
    expect(JSON.stringify(data)).not.toMatch(/argon2|kosatsu_|[0-9a-f]{64}"[,}]\]?"?token/u);
    expect(await exportPerson(app, who, 'nobody')).toBeNull();
    expect((await log(app)).filter(({ act: what }) => what === 'privacy.export')).toHaveLength(1);
    expect(await exportPerson(app, { by: 'anne', token: anne }, 'bert')).toMatchObject({ kind: 'refused' });
    expect(await erasePerson(app, who, 'anne')).toEqual({ kind: 'active' });
    expect(await refusalsOnRecord(app)).toEqual(['role-too-low', 'operator-active']);
    await disableOperator(app, { ...who, reason: null }, 'anne');
    expect(await erasePerson(app, who, 'anne')).toMatchObject({ kind: 'erased' });
    const held = [await app.store.list({}), await app.governance.operators(), await app.governance.people()];
    expect(JSON.stringify(held)).not.toMatch(/anne/iu);
    expect((await verifyAudit(app, new Map())).problems).toEqual([]);
  });

  test('is not erased by the person themselves, whom the record of the erasure would name again', async () => {
    const app = anApp();
    await app.store.recordEntry(aRealEntry({ by: 'Anne' }));
    expect(await erasePerson(app, { by: 'anne' }, 'Anne')).toEqual({ kind: 'own' });
    expect(await erasePerson(app, { by: 'bert' }, 'Anne')).toMatchObject({ kind: 'erased' });
    expect(JSON.stringify([await app.store.list({}), await app.governance.people()])).not.toMatch(/anne/iu);
  });

  test('is forgotten in time by the daily job, which also tells the head of the log', async () => {
    const app = anApp();
    const { root } = await anOffice(app);
    await disableOperator(app, { by: 'administrator', token: root, reason: null }, 'bert');
    expect(await keepRecords(app, SIGNAL)).toBe(true);
    expect(await keepRecords(app, SIGNAL)).toBe(false);
    expect(app.told.at(-1)).toMatchObject({ code: 'audit-head', params: await app.governance.auditHead() });
    expect((await app.governance.operators()).map(({ name }) => name)).toContain('bert');
    app.clock.wallAhead += 5 * 366 * 24 * HOUR;
    expect(await keepRecords(app, SIGNAL)).toBe(true);
    expect((await app.governance.operators()).map(({ name }) => name)).not.toContain('bert');
    expect((await verifyAudit(app, new Map())).problems).toEqual([]);
  });

  test('the day’s work that a stop of the worker broke off is done anew, and no server outside is blamed', async () => {
    const stopping = new AbortController();
    const outside: Outside = {
      reach: async () => ({ kind: 'none' }),
      post: async () => {
        stopping.abort();
        return { kind: 'failed', detail: 'did not answer in time' };
      },
    };
    const app = { ...anApp(), outside };
    await publishUrgentAlone(app, aNotice(), SIGNAL);
    expect(await keepRecords(app, stopping.signal)).toBe(false);
    expect(await app.store.alerts(SCOPE)).toEqual([]);
    expect(await keepRecords(app, SIGNAL)).toBe(true);
  });

  test('once a day people are reminded of what may be urgent and still waits for one', async () => {
    const app = anApp();
    const heldSince = app.clock.now();
    for (const id of ['e1', 'e2']) {
      const topic = id === 'e1' ? 'urgent' : 'main';
      await app.store.recordEntry(aRealEntry({ id, originKey: id, state: 'held', heldSince, topic }));
    }
    const reminders = (): number => app.told.filter(({ code }) => code.startsWith('entry-held')).length;
    await keepRecords(app, SIGNAL);
    expect(reminders()).toBe(0);
    app.clock.wallAhead += 25 * HOUR;
    await keepRecords(app, SIGNAL);
    await keepRecords(app, SIGNAL);
    expect(app.told.filter(({ code }) => code === 'entry-held-urgently')).toMatchObject([
      { params: { id: 'e1' } },
    ]);
    expect(reminders()).toBe(1);
  });

  test('the head of the log that could not be handed outside is told of, and handed over within the hour', async () => {
    const handed: unknown[] = [];
    let answer: Delivery = { kind: 'failed', detail: 'ECONNREFUSED' };
    const outside: Outside = {
      reach: async () => ({ kind: 'none' }),
      post: async (purpose, body) => {
        handed.push([purpose, body]);
        return answer;
      },
    };
    const app = { ...anApp(), outside };
    await publishUrgentAlone(app, aNotice(), SIGNAL);
    await keepRecords(app, SIGNAL);
    expect((await app.store.alerts(SCOPE)).map(({ code }) => code)).toEqual(['audit-anchor-failed']);
    // Not at once: a server that is down is not asked without end.
    await keepRecords(app, SIGNAL);
    expect(handed).toHaveLength(1);
    app.clock.wallAhead += HOUR / 2;
    await keepRecords(app, SIGNAL);
    answer = { kind: 'delivered' };
    app.clock.wallAhead += HOUR / 2;
    await keepRecords(app, SIGNAL);
    await keepRecords(app, SIGNAL);
    expect(handed).toHaveLength(3);
    const head = await app.governance.auditHead();
    const at = new Date(app.clock.now()).toISOString();
    expect(handed.at(-1)).toEqual(['audit-head', { head: head?.hash, sequence: head?.seq, at }]);
    expect(await app.store.alerts(SCOPE)).toEqual([]);
    expect(app.told.at(-1)).toMatchObject({ code: 'audit-anchored' });
  });
});
