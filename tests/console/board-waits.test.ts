import { describe, expect, test } from 'vitest';
import type { Role } from '../../src/governance/operator.ts';
import { consoleLimits } from '../../src/limits/edges.ts';
import { aRealEntry, START } from '../app/fake-app.ts';
import { anApproval, anAttempt } from '../outbox/sample-entries.ts';
import { layOut, seat } from './desk.ts';
import { TestConsole } from './visitor.ts';

const MINE = 'Waits for you';
const OTHERS = 'Waits for others';

/** Which posts and batches the board shows under which heading, to somebody of this name with these rights. */
async function boardOf(
  name: string,
  roles: readonly Role[],
): Promise<{ mine: string[]; others: string[]; html: string }> {
  const console = new TestConsole();
  await layOut(console);
  const text = '審査基準を改めました。\nhttps://www.jpo.go.jp/news/two1.html';
  const two = aRealEntry({ id: 'two1', state: 'held', heldSince: START, approvalsNeeded: 2, text });
  const yes = anApproval({ by: '阿部', hash: two.textHash, at: START });
  await console.app.store.recordEntry({ ...two, approvals: [yes] });
  const search = { reads: 1, misses: 0, lastReadAt: START, nextReadAt: START, duplicateRefused: false };
  const attempt = anAttempt({ at: START - 60_000, deadlineAt: START - 45_000 });
  const looked = aRealEntry({
    id: 'looked1',
    state: 'uncertain',
    attempts: 1,
    attempt,
    firstAttemptAt: attempt.at,
    search,
  });
  await console.app.store.recordEntry(looked);
  const browser = await seat(console, name, roles);
  const { html } = await browser.get('/');
  const part = (heading: string): string => html.split(`>${heading}</h2>`)[1]?.split('<h2')[0] ?? '';
  const idsIn = (shown: string): string[] =>
    [...shown.matchAll(/href="\/(?:posts|batches)\/([^"]+)"/gu)].map(([, id = '']) => id).toSorted();
  return { mine: idsIn(part(MINE)), others: idsIn(part(OTHERS)), html };
}

describe('what the board lists as waiting', () => {
  test.each([
    ['森', ['viewer'], [], ['alone1', 'b1', 'held1', 'looked1', 'two1', 'uncertain1']],
    ['佐藤', ['editor'], [], ['alone1', 'b1', 'held1', 'looked1', 'two1', 'uncertain1']],
    ['佐藤', ['administrator'], [], ['alone1', 'b1', 'held1', 'looked1', 'two1', 'uncertain1']],
    ['佐藤', ['approver'], ['alone1', 'b1', 'held1', 'two1', 'uncertain1'], ['looked1']],
    // Who has said yes, or forced it alone, is not asked again.
    ['阿部', ['approver'], ['alone1', 'b1', 'held1', 'uncertain1'], ['looked1', 'two1']],
    ['森', ['approver'], ['b1', 'held1', 'two1', 'uncertain1'], ['alone1', 'looked1']],
  ] as const)('for %s with the rights of %j', async (name, roles, mine, others) => {
    const board = await boardOf(name, roles);
    expect(board.mine).toEqual(mine);
    expect(board.others).toEqual(others);
  });

  test('tells a viewer that nothing waits for them, and each time who is asked', async () => {
    const { html } = await boardOf('森', ['viewer']);
    expect(html).toContain('Nothing waits for you.');
    expect(html).toContain('It waits for an approver.');
    expect(html).not.toContain('Look and decide');
    expect(html).not.toContain('Withdraw and correct it');
  });

  test.each([
    ['viewer', false],
    ['editor', false],
    ['approver', true],
    ['administrator', false],
  ] as const)('offers a %s the decision on a flood: %s', async (role, isOffered) => {
    const console = new TestConsole();
    await layOut(console);
    const { html } = await (await seat(console, '阿部', [role])).get('/batches/b1');
    expect(html).toContain('href="/posts/flood1"');
    expect(html.includes('name="decision"')).toBe(isOffered);
    expect(html.includes('It waits for an approver.')).toBe(!isOffered);
  });

  test('asks for the decision on a flood until the reader has agreed to all that is left of it', async () => {
    const console = new TestConsole();
    await layOut(console, { approvalsNeeded: 2 });
    const abe = await seat(console, '阿部', ['approver']);
    const form = await abe.form('/batches/b1', '/batches/b1');
    const one = { ...form, decision: 'post', reason: '確認', 'post-flood1': 'on' };
    const { to } = await abe.post('/batches/b1', one);
    const { html } = await abe.get(to ?? '/');
    expect(html).toContain('Known: 1. Still held: 1. What is still held waits for another approver.');
    const card = html.slice(0, html.indexOf('href="/batches/b1"')).slice(-400);
    expect(card).toContain('You have agreed to it.');
  });

  test('tells who has agreed that somebody else must', async () => {
    const { html } = await boardOf('阿部', ['approver']);
    expect(html).toContain('You have agreed to it. Another approver must agree as well.');
  });
});

test('a flood hides no notice that was held after it, and a list that is cut says so', async () => {
  const console = new TestConsole();
  const { store } = console.app;
  const held = { state: 'held', heldSince: START } as const;
  const some = Array.from({ length: consoleLimits.foundMax + 1 }, (_, no) => String(no));
  for (const no of some) await store.recordEntry(aRealEntry({ ...held, id: `flood${no}`, batchId: 'b1' }));
  const after = { createdAt: START + 1_000 };
  for (const no of some) await store.recordEntry(aRealEntry({ ...held, ...after, id: `main${no}` }));
  const urgent = { ...held, topic: 'urgent', createdAt: START + 2_000 } as const;
  await store.recordEntry(aRealEntry({ ...urgent, id: 'urgent1' }));
  for (const no of some) await store.recordEntry(aRealEntry({ id: `queued${no}`, dueAt: START }));
  const sooner = { topic: 'urgent', createdAt: START + 2_000, dueAt: START + 2_000 } as const;
  await store.recordEntry(aRealEntry({ ...sooner, id: 'queued-urgent' }));
  const { html } = await (await console.signedIn()).get('/');
  const [, first = ''] = /href="\/posts\/([^"]+)"/u.exec(html) ?? [];
  expect(first).toBe('urgent1');
  expect(html).toContain('More posts that wait, on the page of the history: 2.');
  expect(html).toContain('href="/posts/queued-urgent"');
  expect(html).toContain(`More that are queued, on the page of the history: ${String(some.length - 19)}.`);
});
