import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createXPublisher } from '../../src/adapters/x/x-publisher.ts';
import { act } from '../../src/app/operator-actions.ts';
import { addOperator } from '../../src/app/operators.ts';
import { changePassword, makeToken } from '../../src/app/sign-in.ts';
import { readBody } from '../../src/governance/verify-chain.ts';
import { pastDrills, runDrill, type DrillRequest } from '../../src/app/run-drill.ts';
import { assemble, type Assembled } from '../../src/assemble.ts';
import { loadConfig, type Config } from '../../src/config.ts';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/account.ts';
import { aFakeApp, aRealEntry, SCOPE } from './fake-app.ts';

const never = new AbortController().signal;
const REQUEST: DrillRequest = {
  requestId: 'd1',
  template: 'earthquake',
  fields: {},
  lang: 'ja',
  by: '田中',
  reason: '訓練',
};
const PASSWORDS = { 田中: 'tanaka no aikotoba', 佐藤: 'sato no aikotoba' } as const;
const tokens = new Map<string, string>();
const asTwo = (config: Config): Config => ({
  ...config,
  policy: { ...config.policy, approval: { ...config.policy.approval, forced: 'two' } },
});
const yes = { confirmPost: async () => true, confirmWithdrawal: async () => true };

/** The program as `kosatsu drill` opens it, in a folder of its own; live credentials are configured and must not be used. */
async function drillApp(
  dataDir: string,
  change: (config: Config) => Config = (config) => config,
): Promise<Assembled> {
  const cwd = new URL('../..', import.meta.url).pathname;
  const env = {
    LC_ALL: 'C',
    X_API_KEY: 'live',
    X_API_SECRET: 'live',
    X_ACCESS_TOKEN: 'live',
    X_ACCESS_SECRET: 'live',
  };
  const loaded = loadConfig({ overrides: { dataDir }, env, cwd });
  if (loaded.kind !== 'ok') throw new Error(loaded.mistakes.map(({ code }) => code).join(' '));
  return assemble(change(loaded.config), { store: 'write', publisher: 'x', drill: true });
}

function folder(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'kosatsu-drill-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

function check(app: Pick<Assembled, 'scope'>, mode: string): void {
  expect(app.scope.mode).toBe(mode);
}

test('a drill walks from the notice to its correction, marked as practice, and keeps its times', async () => {
  await using app = await drillApp(folder());
  check(app, 'drill');
  const shown: string[] = [];
  const office = aFakeApp();
  const result = await runDrill(
    app,
    office,
    REQUEST,
    {
      confirmPost: async ({ text }) => shown.push(text) > 0,
      confirmWithdrawal: async ({ correction }) => shown.push(correction?.text ?? '') > 0,
    },
    never,
  );
  expect(result.kind).toBe('done');
  if (result.kind !== 'done') return;
  expect(result.report.steps.map(({ step }) => step)).toEqual([
    'compose',
    'confirm',
    'post',
    'decide',
    'withdraw',
  ]);
  expect(shown.map((text) => text.slice(0, 4))).toEqual(['【訓練】', '【訓練】']);
  const entries = await app.store.list({ scope: app.scope });
  expect(entries.map(({ mode, account, state }) => `${mode} ${account} ${state}`).toSorted()).toEqual([
    `drill ${app.scope.account} published`,
    `drill ${app.scope.account} withdrawn`,
  ]);
  expect((await pastDrills(app, office)).map(({ by }) => by)).toEqual(['田中']);
  // Names are kept by the office alone, where they are disclosed and erased.
  const [posted] = entries;
  const history = await app.store.history(posted?.id ?? '');
  const kept = [entries, history, await app.store.fact(app.scope, 'drills'), await app.governance.people()];
  expect(JSON.stringify(kept)).not.toContain('田中');
  await office.governance.erasePerson('田中', 'root', 0);
  expect((await pastDrills(app, office)).map(({ by }) => by)).toEqual(['person-1']);
});

test('the same drill again is no repetition that anybody could see', async () => {
  const dataDir = folder();
  for (const requestId of ['d1', 'd2']) {
    await using app = await drillApp(dataDir);
    expect((await runDrill(app, aFakeApp(), { ...REQUEST, requestId }, yes, never)).kind).toBe('done');
    expect(await pastDrills(app, aFakeApp())).toHaveLength(Number(requestId.slice(1)));
  }
});

test('a drill goes through two persons where the policy asks for two', async () => {
  await using app = await drillApp(folder(), asTwo);
  const result = await runDrill(app, aFakeApp(), REQUEST, yes, never);
  expect(result).toMatchObject({ kind: 'done' });
  if (result.kind !== 'done') return;
  const entry = await app.store.find(result.report.entryId);
  expect(new Set(entry?.approvals.map(({ by }) => by)).size).toBe(2);
});

test('a drill from the notice to its correction with two operators: the second signs in, and is never the first', async () => {
  await using app = await drillApp(folder(), asTwo);
  const office = aFakeApp();
  for (const [name, newPassword] of Object.entries(PASSWORDS)) {
    const added = await addOperator(
      office,
      { by: '田中', reason: null, token: tokens.get('田中') },
      { name, roles: ['approver', 'administrator'] },
    );
    if (added.kind === 'refused') return expect.fail(added.message);
    await changePassword(office, { name, password: added.password, newPassword });
    const made = await makeToken(office, { name, password: newPassword, kind: 'personal', label: '' });
    if (made.kind === 'made') tokens.set(name, made.token);
  }
  const answers = [
    { name: '田中', password: PASSWORDS['田中'] },
    { name: '佐藤', password: 'wrong' },
    { name: '佐藤', password: PASSWORDS['佐藤'] },
    { name: '佐藤', password: PASSWORDS['佐藤'] },
  ];
  const told: (string | null)[] = [];
  const second = async (
    _text: string,
    why: string | null,
  ): Promise<{ name: string; password: string } | null> => {
    told.push(why);
    return answers.shift() ?? null;
  };
  const request = { ...REQUEST, token: tokens.get('田中') };
  const result = await runDrill(app, office, request, { ...yes, second }, never);
  if (result.kind !== 'done') return expect.fail(result.kind);
  expect(told).toEqual([null, expect.stringContaining('田中'), expect.any(String), null]);
  expect(result.report.steps.map(({ step }) => step)).toEqual([
    'compose',
    'confirm',
    'approve',
    'post',
    'decide',
    'approve-correction',
    'withdraw',
  ]);
  for (const id of [result.report.entryId, result.report.correctionId ?? ''])
    expect((await app.store.find(id))?.approvals.map(({ by }) => by)).toEqual(['person-1', 'person-2']);
  const names = new Map((await office.governance.people()).map(({ id, name }) => [id, name]));
  const acts = (await office.governance.auditRecords(0, 100)).map(({ body }) => readBody(body));
  expect(acts.slice(-3).map((each) => `${each?.act} ${names.get(each?.actor ?? '')}`)).toEqual([
    'drill.approved 佐藤',
    'drill.approved 佐藤',
    'drill.done 田中',
  ]);
});

test('a drill that is broken off while the second person is asked ends there, without a yes of its own', async () => {
  await using app = await drillApp(folder(), asTwo);
  const breaks = new AbortController();
  const second = async (): Promise<null> => {
    breaks.abort();
    return null;
  };
  const result = await runDrill(app, aFakeApp(), REQUEST, { ...yes, second }, breaks.signal);
  expect(result).toEqual({ kind: 'stopped', where: 'approve', messages: [] });
  expect((await app.store.list({ scope: app.scope })).map(({ state }) => state)).toEqual(['held']);
});

test('a drill that the person stops posts nothing', async () => {
  await using app = await drillApp(folder());
  const result = await runDrill(app, aFakeApp(), REQUEST, { ...yes, confirmPost: async () => false }, never);
  expect(result).toMatchObject({ kind: 'stopped', where: 'confirm' });
  expect(await app.store.list({ scope: app.scope })).toEqual([]);
});

test('the office’s own log says who practised and how long it took, or where it ended', async () => {
  await using app = await drillApp(folder());
  const office = aFakeApp();
  await runDrill(app, office, REQUEST, yes, never);
  await runDrill(
    app,
    office,
    { ...REQUEST, requestId: 'd2' },
    { ...yes, confirmPost: async () => false },
    never,
  );
  const bodies = (await office.governance.auditRecords(0, 10)).map(({ body }): unknown => JSON.parse(body));
  expect(bodies).toMatchObject([
    {
      act: 'drill.done',
      actor: 'person-1',
      after: { postMs: expect.any(Number), wrongForMs: expect.any(Number) },
    },
    { act: 'drill.stopped', actor: 'person-1', after: { endedAt: 'confirm' } },
  ]);
  expect(await office.store.list({ scope: SCOPE })).toEqual([]);
});

test('a drill without its own mode does not begin', async () => {
  await expect(runDrill(aFakeApp(), aFakeApp(), REQUEST, yes, never)).rejects.toThrow('mode drill');
});

test('what was made in a drill cannot be approved, and a live publisher refuses it', async () => {
  const drilled = aRealEntry({ mode: 'drill', state: 'held', heldSince: 1 });
  const app = aFakeApp();
  await app.store.recordEntry(drilled);
  const approved = await act(app, { kind: 'approve', id: drilled.id, by: '佐藤', reason: '' });
  expect(approved.kind).toBe('refused');
  expect((await app.store.find(drilled.id))?.state).toBe('held');
  const live = createXPublisher({
    credentials: SANDBOX_CREDENTIALS,
    apiUrl: null,
    scope: { mode: 'live', account: SCOPE.account },
    now: Date.now,
  });
  const outcome = await live.publish({ close: () => {} }, drilled, () => ({ kind: 'go' }), 5_000);
  expect(outcome).toMatchObject({ kind: 'rejected', detail: expect.stringContaining('mode drill') });
});
