import { expect, test } from 'vitest';
import type { Mistake, Proposal, UrgentResult } from '../../src/app/force-urgent.ts';
import type { LinkAnswer } from '../../src/app/worker-link.ts';
import type { Edges } from '../../src/cli/command.ts';
import { edgesWith, typed, workerThat } from './command-line.ts';

const PROPOSAL: Proposal = {
  kind: 'proposal',
  text: '地震により影響を受けた手続について\nhttps://www.jpo.go.jp/a.html',
  weight: 59,
  weightMax: 280,
  account: 'jpo_NIPPON',
  mode: 'live',
  verdict: 'allow',
  messages: [],
};
const PUBLISHED: UrgentResult = {
  kind: 'published',
  entryId: 'e1',
  remoteId: '7',
  url: 'https://x.com/jpo_NIPPON/status/7',
};

/** Runs `urgent` against a worker that proposes and answers as told. */
async function forced(given: {
  words?: readonly string[];
  proposal?: Proposal | Mistake;
  answer?: LinkAnswer;
  answers?: readonly string[];
  lang?: 'ja' | 'en';
  terminal?: true;
}) {
  const { link, asked, closed } = workerThat((request) =>
    request.kind === 'propose-urgent'
      ? { kind: 'reply', reply: { kind: 'proposal', proposal: given.proposal ?? PROPOSAL } }
      : (given.answer ?? { kind: 'reply', reply: { kind: 'result', result: PUBLISHED } }),
  );
  const words = ['urgent', '--text', 'x', ...(given.words ?? [])];
  const edges = edgesWith({ connectWorker: async () => link });
  const { answers = [], lang = 'en', terminal } = given;
  const ran = await typed(words, { edges, answers, lang, ...(terminal === undefined ? {} : { terminal }) });
  const sent = asked.filter((request) => request.kind === 'publish-urgent').length;
  return { ...ran, sent, asked, closed: closed() };
}

const result = (value: UrgentResult): LinkAnswer => ({
  kind: 'reply',
  reply: { kind: 'result', result: value },
});

const ends: readonly { name: string; answer: LinkAnswer; code: number; says: RegExp }[] = [
  { name: 'posted', answer: result(PUBLISHED), code: 0, says: /status\/7/u },
  {
    name: 'held',
    answer: result({ kind: 'held', entryId: 'e1', messages: ['Two must agree.'] }),
    code: 3,
    says: /held for a person \(e1\).*kosatsu approve e1:\n- Two must agree/u,
  },
  {
    name: 'refused by policy',
    answer: result({ kind: 'refused', entryId: 'e1', messages: ['Too long.'] }),
    code: 3,
    says: /Too long/u,
  },
  {
    name: 'waiting',
    answer: result({ kind: 'waiting', entryId: 'e1', message: 'Paused.' }),
    code: 3,
    says: /Not posted yet.*Paused/u,
  },
  {
    name: 'refused by X',
    answer: result({ kind: 'refused-by-x', entryId: 'e1', message: 'Forbidden.' }),
    code: 4,
    says: /X refused it.*Forbidden/u,
  },
  {
    name: 'unknown',
    answer: result({ kind: 'unknown', entryId: 'e1', message: 'Lost.' }),
    code: 5,
    says: /Do not post it again/u,
  },
  {
    name: 'a mistake',
    answer: result({ kind: 'mistake', message: 'Nobody has the lease.' }),
    code: 2,
    says: /Nobody has the lease/u,
  },
  {
    name: 'a worker that fell silent',
    answer: { kind: 'lost', cause: 'silent', detail: 'no answer within 65 s' },
    code: 5,
    says: /not known whether.*\n.*Do not post it again/u,
  },
  {
    name: 'a fault in the worker',
    answer: { kind: 'reply', reply: { kind: 'failed', message: 'disk full' } },
    code: 5,
    says: /disk full/u,
  },
];

test.each(ends)('each end has its exit code and its sentence: $name', async ({ answer, code, says }) => {
  const ran = await forced({ words: ['--yes'], answer });
  expect(ran.code).toBe(code);
  expect(code === 0 ? ran.out : ran.err).toMatch(says);
  expect(ran.sent).toBe(1);
  expect(ran.closed).toBe(true);
  expect((await forced({ words: ['--yes'], answer, lang: 'ja' })).code).toBe(code);
});

test('the person sees the final post, its length, what is left and the account before the question', async () => {
  const { err, sent } = await forced({ answers: ['n'] });
  const question = err.indexOf('[y/N]');
  for (const shown of [
    '| 地震により影響を受けた手続について',
    '| https://www.jpo.go.jp/a.html',
    '59 of 280, 221 left',
    '@jpo_NIPPON (live)',
  ]) {
    expect(err.indexOf(shown)).toBeGreaterThanOrEqual(0);
    expect(err.indexOf(shown)).toBeLessThan(question);
  }
  expect(sent).toBe(0);
});

const answers: readonly { answers: readonly string[]; code: number; sent: number }[] = [
  { answers: ['y'], code: 0, sent: 1 },
  { answers: [' YES '], code: 0, sent: 1 },
  { answers: ['はい'], code: 0, sent: 1 },
  { answers: [''], code: 3, sent: 0 },
  { answers: ['n'], code: 3, sent: 0 },
  { answers: ['yep'], code: 3, sent: 0 },
  { answers: [], code: 2, sent: 0 },
];

test.each(answers)('only a clear yes posts: $answers', async ({ answers: given, code, sent }) => {
  expect(await forced({ answers: given })).toMatchObject({ code, sent });
});

test('what policy refuses or a person mistyped is never asked about, let alone posted', async () => {
  const denied = await forced({
    words: ['--yes'],
    proposal: { ...PROPOSAL, verdict: 'deny', messages: ['Too long.'] },
  });
  expect(denied).toMatchObject({ code: 3, sent: 0 });
  expect(denied.err).toMatch(/does not allow.*\n- Too long/u);
  const mistaken = await forced({
    words: ['--yes'],
    proposal: { kind: 'mistake', message: 'No such template.' },
  });
  expect(mistaken).toMatchObject({ code: 2, sent: 0, err: 'No such template.' });
});

test('a hold is announced before the question', async () => {
  const { err } = await forced({
    answers: ['n'],
    proposal: { ...PROPOSAL, verdict: 'hold', messages: ['Two must agree.'] },
  });
  expect(err).toMatch(/will be held for a person, not posted:\n- Two must agree\.\nPost this/u);
});

test('proposal and publication carry one request id, and the publication what the person said yes to', async () => {
  const { asked } = await forced({
    words: [
      '--yes',
      '--by',
      'sato',
      '--reason',
      'quake',
      '--override-pause',
      '--url',
      'https://www.jpo.go.jp/',
    ],
  });
  const request = {
    requestId: 'request-1',
    text: 'x',
    url: 'https://www.jpo.go.jp/',
    fields: {},
    lang: 'en',
    by: 'sato',
    reason: 'quake',
    overridePause: true,
  };
  expect(asked).toEqual([
    { kind: 'propose-urgent', request },
    {
      kind: 'publish-urgent',
      request: { ...request, confirmed: { text: PROPOSAL.text, account: 'jpo_NIPPON', mode: 'live' } },
    },
  ]);
});

const sittings: readonly {
  name: string;
  words: readonly string[];
  terminal?: true;
  password: string | null;
}[] = [
  {
    name: 'at a terminal it is asked for and handed over',
    words: [],
    terminal: true,
    password: 'my own words',
  },
  { name: 'from a pipe it is not taken', words: [], password: null },
  { name: 'with --yes it is not asked for', words: ['--yes'], terminal: true, password: null },
];

test.each(sittings)('breaking the glass needs the password there and then: $name', async (sitting) => {
  const { words, terminal, password } = sitting;
  const { asked } = await forced({
    words: ['--break-glass', '--reason', 'alone', ...words],
    answers: ['y', 'my own words'],
    ...(terminal === undefined ? {} : { terminal }),
  });
  expect(asked[0]).not.toHaveProperty('request.password');
  if (password === null) expect(asked[1]).not.toHaveProperty('request.password');
  else expect(asked[1]).toHaveProperty('request.password', password);
});

test('with --json stdout holds the result alone, whatever it is', async () => {
  const posted = await forced({ words: ['--yes', '--json'] });
  expect(JSON.parse(posted.out)).toEqual(PUBLISHED);
  const unknown = await forced({
    words: ['--yes', '--json'],
    answer: { kind: 'lost', cause: 'silent', detail: 'x' },
  });
  expect(JSON.parse(unknown.out)).toMatchObject({ kind: 'unknown' });
});

const languages: readonly { words: readonly string[]; lang: string }[] = [
  { words: ['--text', '地震について'], lang: 'ja' },
  { words: ['--text', 'Earthquake'], lang: 'en' },
  { words: ['--text', 'Earthquake', '--lang', 'ja'], lang: 'ja' },
  { words: ['--template', 'earthquake'], lang: 'ja' },
  { words: ['--template', 'earthquake', '--lang', 'en', '--set', 'name=a=b'], lang: 'en' },
];

test.each(languages)(
  'the language is the one asked for, else that of the text: $words',
  async ({ words, lang }) => {
    const { link, asked } = workerThat(() => ({
      kind: 'reply',
      reply: { kind: 'proposal', proposal: PROPOSAL },
    }));
    await typed(['urgent', ...words], { edges: edgesWith({ connectWorker: async () => link }) });
    expect(asked[0]).toMatchObject({ kind: 'propose-urgent', request: { lang } });
  },
);

const DIED: LinkAnswer = { kind: 'lost', cause: 'closed', detail: 'the worker closed the connection' };

/** A worker that dies with the notice in hand; `next` is what stands in its place afterwards. */
async function forcedThroughDeath(next: Partial<Edges>) {
  const dying = workerThat((request) =>
    request.kind === 'propose-urgent'
      ? { kind: 'reply', reply: { kind: 'proposal', proposal: PROPOSAL } }
      : DIED,
  );
  const links = [dying.link];
  const edges = edgesWith({
    ...next,
    connectWorker: async (dir) => links.shift() ?? (await next.connectWorker?.(dir)) ?? null,
  });
  return { ...(await typed(['urgent', '--text', 'x', '--yes'], { edges })), asked: dying.asked };
}

test('a worker that died is followed by the next one, which is given the same request', async () => {
  const next = workerThat(() => result(PUBLISHED));
  const { code, asked } = await forcedThroughDeath({ connectWorker: async () => next.link });
  expect(code).toBe(0);
  expect(next.asked).toEqual(asked.slice(1));
  expect(next.closed()).toBe(true);
});

test('a worker that takes calls for a moment while it dies does not stand in the way of the next one', async () => {
  const next = workerThat(() => result(PUBLISHED));
  const calls = [workerThat(() => DIED).link, workerThat(() => DIED).link, next.link];
  const { code } = await forcedThroughDeath({ connectWorker: async () => calls.shift() ?? null });
  expect(code).toBe(0);
  expect(next.asked).toHaveLength(1);
});

test('where nobody follows and nothing can be done here, the outcome is unknown, never "not posted"', async () => {
  const nobody = await forcedThroughDeath({});
  expect(nobody).toMatchObject({ code: 5, err: expect.stringContaining('Do not post it again') });
  const dyingToo = await forcedThroughDeath({ connectWorker: async () => workerThat(() => DIED).link });
  expect(dyingToo.code).toBe(5);
  const mistakes = await forcedThroughDeath({
    loadConfig: async () => ({ kind: 'mistakes', mistakes: ['x'] }),
  });
  expect(mistakes.code).toBe(5);
});

test('a worker that ended before it had the notice leaves no doubt: this process takes over', async () => {
  const gone = workerThat(() => DIED);
  const { code, err } = await typed(['urgent', '--text', 'x', '--yes'], {
    edges: edgesWith({
      connectWorker: async () => gone.link,
      loadConfig: async () => ({ kind: 'mistakes', mistakes: ['feeds.yaml:3'] }),
    }),
  });
  expect(code).toBe(2);
  expect(err).toContain('feeds.yaml:3');
  const silent = workerThat(() => ({ kind: 'lost', cause: 'silent', detail: 'no answer within 10 s' }));
  const stuck = await typed(['urgent', '--text', 'x', '--yes'], {
    edges: edgesWith({ connectWorker: async () => silent.link }),
  });
  expect(stuck).toMatchObject({ code: 1, err: expect.stringContaining('no answer within 10 s') });
  expect(silent.asked).toHaveLength(1);
});
