import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/governance/operator.ts';
import { readBody } from '../../src/governance/verify-chain.ts';
import { consoleLimits } from '../../src/limits/edges.ts';
import { mayDo } from '../../src/governance/permissions.ts';
import { face, layOut, seat } from './desk.ts';
import { ASKS, filled, methodOf, routesOf, type Ask } from './routes.ts';
import { TestConsole, type Browser, type Page } from './visitor.ts';

const WHO = [...ROLES, 'nobody'] as const;
const OPEN = ASKS.filter(({ right }) => right === 'everybody');
const CLOSED = ASKS.filter(({ right }) => right !== 'everybody');
const FORMS = CLOSED.filter((ask) => methodOf(ask) === 'POST');

async function send(console: TestConsole, browser: Browser, ask: Ask, csrf: string): Promise<Page> {
  if (methodOf(ask) === 'GET') return browser.get(ask.at);
  return browser.post(ask.at, await filled(console, ask, csrf));
}

/** What the newest record of the log is of. */
async function newestAct({ app }: TestConsole): Promise<string | undefined> {
  const head = await app.governance.auditHead();
  const [newest] = await app.governance.auditRecords((head?.seq ?? 1) - 1, 1);
  return newest === undefined ? undefined : readBody(newest.body)?.act;
}

async function csrfOf(browser: Browser): Promise<string> {
  return (await browser.form('/account', '/sign-out'))['csrf'] ?? '';
}

async function aDesk(): Promise<TestConsole> {
  const console = new TestConsole();
  await layOut(console);
  return console;
}

describe('the table of rights', () => {
  test('names every route of the console, and none besides', () => {
    const known = [...new Set(ASKS.map(({ route }) => route))];
    const compare = (a: string, b: string): number => a.localeCompare(b);
    expect(routesOf(new TestConsole()).toSorted(compare), 'tests/console/routes.ts').toEqual(
      known.toSorted(compare),
    );
  });

  test.each(OPEN.filter((ask) => methodOf(ask) === 'GET'))('$at is open to everybody', async ({ at }) => {
    const { status, to } = await (await aDesk()).browser().get(at);
    expect([200, 503]).toContain(status);
    expect(to).toBeNull();
  });
});

describe.each(WHO)('%s', (role) => {
  test.each(CLOSED)('$route $fields needs $right', async (ask) => {
    const console = await aDesk();
    const browser = role === 'nobody' ? console.browser() : await seat(console, 'mori', [role]);
    const csrf = role === 'nobody' ? 'f'.repeat(64) : await csrfOf(browser);
    const before = face(console);
    const answer = await send(console, browser, ask, csrf);
    const isAllowed = role !== 'nobody' && ask.right !== 'everybody' && mayDo([role], ask.right);
    if (role === 'nobody') {
      // A form in which something was typed is given back with the way in; of the office's own it shows nothing.
      const isTyped = answer.status === 401;
      if (!isTyped) expect(answer.to).toMatch(/^\/sign-in/u);
      if (isTyped) expect(answer.html).toMatch(/action="\/sign-in/u);
      expect(answer.html).not.toMatch(/class="post"|name="csrf"/u);
      if (!isTyped) expect(answer.html).toBe('');
    }
    if (isAllowed) {
      expect(answer.status).toBeOneOf(ask.at.endsWith('/none') ? [404] : [200, 303, 422]);
      if (ask.changes === true) expect(face(console)).not.toBe(before);
      return;
    }
    // A decision's right depends on the decision: its refusal is told on the page of the post.
    const refusals = role === 'nobody' ? [303, 401] : /\/(?:decide|stop)$/u.test(ask.at) ? [303] : [403];
    expect(answer.status).toBeOneOf(refusals);
    expect(face(console)).toBe(before);
    if (role !== 'nobody') expect(await newestAct(console)).toBe('refused');
  });
});

describe('the page of a post', () => {
  test.each(ROLES)('offers a %s no decision that is not theirs', async (role) => {
    const console = await aDesk();
    const browser = await seat(console, 'mori', [role]);
    const decisions = FORMS.filter(({ at }) => at.endsWith('/decide'));
    expect(decisions.length).toBeGreaterThan(4);
    for (const { at, right, fields } of decisions) {
      const { html } = await browser.get(at.replace('/decide', ''));
      const isOffered = html.includes(`value="${fields?.['act'] ?? ''}"`);
      expect(isOffered, `${at} ${right}`).toBe(right !== 'everybody' && mayDo([role], right));
    }
  });
});

describe('a form', () => {
  test.each(FORMS)('$route $fields is refused without the token of its own session', async (ask) => {
    const console = await aDesk();
    const everything: readonly Role[] = ROLES;
    const sato = await seat(console, 'sato', everything);
    const mori = await seat(console, 'mori', everything);
    const own = await csrfOf(sato);
    const before = face(console);
    for (const csrf of ['', 'f'.repeat(64), await csrfOf(mori), own.toUpperCase(), `${own} `])
      if (csrf !== own) expect((await send(console, sato, ask, csrf)).status, csrf).toBe(403);
    expect(face(console)).toBe(before);
  });

  test.each(FORMS)('$route $fields is refused from another site, with the right token', async (ask) => {
    const console = await aDesk();
    const sato = await seat(console, 'sato', ROLES);
    const fields = await filled(console, ask, await csrfOf(sato));
    const before = face(console);
    const foreign = [
      'https://evil.example',
      'null',
      'http://127.0.0.1:7081',
      'https://127.0.0.1:7080',
      'http://127.0.0.1:7080.evil.example',
      '',
    ];
    for (const origin of foreign)
      expect((await sato.post(ask.at, fields, { origin })).status, origin).toBe(403);
    const types = ['text/plain', 'application/json', 'multipart/form-data; boundary=x', ''];
    for (const type of types)
      expect((await sato.post(ask.at, fields, { 'content-type': type })).status, type).toBe(403);
    expect(face(console)).toBe(before);
  });
});

test('asking after the stream of changes without reading it takes up no place of those who do', async () => {
  const console = await aDesk();
  const sato = await seat(console, 'sato', ROLES);
  for (let times = 0; times <= consoleLimits.livePagesMax; times += 1)
    await sato.ask('/events', { method: 'HEAD' });
  expect((await sato.get('/events')).status).toBe(200);
});

describe('a method that a route does not have', () => {
  const pathOf = ({ at }: Ask): string => at.split('?')[0] ?? at;
  const takes = (at: string, method: string): boolean =>
    CLOSED.some((ask) => pathOf(ask) === at && methodOf(ask) === method);

  test.each([...new Set(CLOSED.map(pathOf))])('does nothing at %s', async (at) => {
    const console = await aDesk();
    const sato = await seat(console, 'sato', ROLES);
    const before = face(console);
    const origin = 'http://127.0.0.1:7080';
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])
      expect((await sato.ask(at, { method }, { origin })).status, method).toBe(403);
    expect((await sato.ask(at, { method: 'HEAD' })).html).toBe('');
    const fields = { csrf: await csrfOf(sato), reason: 'r', key: 'a'.repeat(32) };
    if (!takes(at, 'GET')) expect((await sato.get(at)).status).toBe(404);
    if (!takes(at, 'POST')) expect((await sato.post(at, fields)).status).toBe(404);
    expect(face(console)).toBe(before);
  });
});
