import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { proposeUrgent, publishUrgent, type UrgentRequest } from '../../src/app/force-urgent.ts';
import { assemble } from '../../src/assemble.ts';
import { loadConfig } from '../../src/config.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const REQUEST: UrgentRequest = {
  requestId: 'r1',
  text: '令和8年駿河湾地震により影響を受けた手続について',
  url: 'https://www.jpo.go.jp/',
  fields: {},
  lang: 'ja',
  by: 'sato',
  reason: '',
  overridePause: false,
};

type Confirmed = NonNullable<UrgentRequest['confirmed']>;
const changes: readonly { name: string; change: Partial<Confirmed>; recorded: number }[] = [
  { name: 'what was confirmed is recorded', change: {}, recorded: 1 },
  { name: 'another text is not', change: { text: 'another' }, recorded: 0 },
  { name: 'another account is not', change: { account: 'jpo_NIPPON' }, recorded: 0 },
  { name: 'another mode is not', change: { mode: 'live' }, recorded: 0 },
];

test.each(changes)(
  'between the question and the post nothing may change: $name',
  async ({ change, recorded }) => {
    const loaded = loadConfig({ overrides: {}, env: {}, cwd: ROOT });
    if (loaded.kind === 'mistakes') throw new Error('the shipped configuration has mistakes');
    await using app = await assemble(loaded.config, { store: 'memory', publisher: 'none' });
    const proposal = await proposeUrgent(app, REQUEST);
    if (proposal.kind === 'mistake') throw new Error(proposal.message);
    const { text, account, mode } = proposal;
    const request = { ...REQUEST, confirmed: { text, account, mode, ...change } };
    const result = await publishUrgent(app, request, () => {}, AbortSignal.abort());
    expect(result.kind).toBe(recorded === 1 ? 'waiting' : 'mistake');
    expect(await app.store.list({})).toHaveLength(recorded);
  },
);
