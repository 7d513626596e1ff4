import { describe, expect, test } from 'vitest';
import { addOperator, ensureAdministrator } from '../../src/app/operators.ts';
import { changePassword, makeToken } from '../../src/app/sign-in.ts';
import type { Role } from '../../src/governance/operator.ts';
import { aFakeApp, aRealEntry, publishedEntry } from '../app/fake-app.ts';
import { PRINTED, TestConsole, type Browser } from './visitor.ts';

const HOUR = 3_600_000;
const FILLED = { reason: 'r', revision: '1', key: 'a'.repeat(32) };

/** A held post e1 and a published post e2. */
async function aConsole(): Promise<TestConsole> {
  const console = new TestConsole();
  await console.app.store.recordEntry(aRealEntry({ id: 'e1', state: 'held' }));
  await publishedEntry(console.app, { id: 'e2', text: '別のお知らせ https://www.jpo.go.jp/2.html' });
  return console;
}

describe('nobody comes in', () => {
  test('under a name of another site that points here', async () => {
    const { pages } = await aConsole();
    expect((await pages.request('http://evil.example:7080/sign-in')).status).toBe(421);
    expect((await pages.request('http://localhost:7080/sign-in')).status).toBe(200);
    expect((await pages.request('http://[::1]:7080/sign-in')).status).toBe(200);
  });

  test('with a body that is too large', async () => {
    const sato = await (await aConsole()).signedIn();
    expect((await sato.post('/urgent', { text: 'x'.repeat(70_000) })).status).toBe(413);
  });

  test('after five wrong passwords, not even with the right one until the wait is over', async () => {
    const console = await aConsole();
    const browser = console.browser();
    for (let tries = 0; tries < 5; tries += 1)
      expect((await browser.signIn(`name ${tries}`, 'wrong')).status).toBe(403);
    expect((await browser.signIn('sato', PRINTED)).status).toBe(403);
    console.app.clock.boot += 2 * HOUR;
    expect((await browser.signIn('sato', PRINTED)).status).toBe(303);
  });

  test.each(['', ' ', 'kosatsu', 'ＫＯＳＡＴＳＵ', '<b>', 'a'.repeat(81), 'a\u0000b'])(
    'under the name %j',
    async (name) => {
      expect((await (await aConsole()).browser().signIn(name, PRINTED)).status).toBe(403);
    },
  );
});

describe('a session', () => {
  test('is always a new one: a cookie that was planted before opens nothing', async () => {
    const console = await aConsole();
    const browser = console.browser();
    browser.cookies.set('kosatsu', 'planted');
    await browser.signIn('sato', PRINTED);
    expect(browser.cookies.get('kosatsu')).not.toBe('planted');
    const attacker = console.browser();
    attacker.cookies.set('kosatsu', 'planted');
    expect((await attacker.get('/')).status).toBe(303);
  });

  test('lives in a cookie that no script reads and no other site sends', async () => {
    const page = await (await aConsole()).browser().signIn('sato', PRINTED);
    expect(page.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict$/u);
  });

  test('ends after an hour in which nobody used it, and after a working day in any case', async () => {
    const console = await aConsole();
    const { clock } = console.app;
    const idle = await console.signedIn();
    clock.boot += HOUR + 1;
    expect((await idle.get('/account')).status).toBe(303);
    const busy = await console.signedIn();
    for (let hours = 0; hours < 12; hours += 1) {
      clock.boot += HOUR - 60_000;
      expect((await busy.get('/account')).status).toBe(200);
    }
    clock.boot += HOUR - 60_000;
    expect((await busy.get('/account')).status).toBe(303);
  });

  test('ends at sign-out, and everywhere where that is asked for', async () => {
    const console = await aConsole();
    const [desk, phone, other] = [
      await console.signedIn(),
      await console.signedIn(),
      await console.signedIn('mori'),
    ];
    const { csrf = '' } = await desk.form('/account', '/sign-out');
    const cookie = desk.cookies.get('kosatsu') ?? '';
    await desk.post('/sign-out', { csrf, where: 'everywhere' });
    desk.cookies.set('kosatsu', cookie);
    expect((await desk.get('/')).status).toBe(303);
    expect((await phone.get('/')).status).toBe(303);
    expect((await other.get('/')).status).toBe(200);
  });
});

test('one other browser can be signed out, and only one of the same person', async () => {
  const console = await aConsole();
  const [desk, phone, other] = [
    await console.signedIn(),
    await console.signedIn(),
    await console.signedIn('mori'),
  ];
  const { csrf = '' } = await desk.form('/account', '/sign-out');
  const [lost, , stranger] = [...console.sessions.of('sato'), ...console.sessions.of('mori')];
  expect((await desk.post('/sign-out', { csrf, where: stranger?.id ?? '' })).to).toBe('/account');
  expect((await other.get('/')).status).toBe(200);
  expect((await desk.post('/sign-out', { csrf, where: lost?.id ?? '' })).to).toBe('/account');
  expect((await phone.get('/')).status).toBe(303);
  expect((await desk.get('/')).status).toBe(200);
  expect((await desk.get('/account')).html).not.toContain('another one');
});

describe('behind a proxy', () => {
  const PUBLIC = 'https://kosatsu.example.go.jp';

  async function proxied(
    origin: string | null,
  ): Promise<(host: string, origin: string) => Promise<Response>> {
    const app = aFakeApp();
    const config = { ...app.config, console: { ...app.config.console, origin } };
    const { pages } = new TestConsole({ ...app, config });
    return async (host, from) =>
      pages.request(`http://${host}/sign-in`, {
        method: 'POST',
        body: new URLSearchParams({ name: 'sato', password: PRINTED }).toString(),
        headers: { origin: from, 'content-type': 'application/x-www-form-urlencoded' },
      });
  }

  test.each([
    ['the configured address', 'kosatsu.example.go.jp', PUBLIC, 303],
    ['this computer itself', '127.0.0.1:7080', 'http://127.0.0.1:7080', 303],
    ['the configured address without TLS', 'kosatsu.example.go.jp', 'http://kosatsu.example.go.jp', 403],
    ['a form of another site', 'kosatsu.example.go.jp', 'https://evil.example', 403],
    ['a form of the public page sent past the proxy', '127.0.0.1:7080', PUBLIC, 403],
    ['another port of the same name', 'kosatsu.example.go.jp:8443', PUBLIC, 421],
    ['a name that ends alike', 'evil-kosatsu.example.go.jp', PUBLIC, 421],
  ])('%s: %s from %s gets %i', async (_, host, from, status) => {
    expect((await (await proxied(PUBLIC))(host, from)).status).toBe(status);
  });

  test('cookies are sent over https alone', async () => {
    const ask = await proxied(PUBLIC);
    const cookie = async (host: string, from: string): Promise<string> =>
      (await ask(host, from)).headers.getSetCookie().join();
    expect(await cookie('kosatsu.example.go.jp', PUBLIC)).toContain('Secure');
    expect(await cookie('127.0.0.1:7080', 'http://127.0.0.1:7080')).not.toContain('Secure');
  });

  test('nothing is answered under a name that nobody configured', async () => {
    expect((await (await proxied(null))('kosatsu.example.go.jp', PUBLIC)).status).toBe(421);
  });
});

describe('a person is led back', () => {
  test.each([
    ['/posts/e1', '/posts/e1'],
    ['/history?text=a', '/history?text=a'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['/..//evil.example/', '/'],
    ['\t//evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/a\r\nset-cookie: x=y', '/aset-cookie:%20x=y'],
  ])('from %j to %s, never elsewhere', async (next, to) => {
    const page = await (await aConsole()).browser().signIn('sato', PRINTED, next);
    expect(page.to).toBe(to);
    expect(page.headers.get('set-cookie')).not.toContain('x=y');
  });
});

describe('every answer', () => {
  test.each(['/sign-in', '/policy', '/feed.xml', '/feed.json', '/healthz', '/nothing', '/'])(
    'of %s forbids foreign script, frames and guesses at its type',
    async (path) => {
      const { headers } = await (await (await aConsole()).signedIn()).get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  test('shows what a feed or a person wrote as words, never as markup', async () => {
    const console = new TestConsole();
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'';
    const source = {
      feed: evil,
      itemId: evil,
      title: evil,
      url: 'javascript:alert(1)',
      publishedAt: null,
      problems: [],
    };
    const entry = aRealEntry({ id: 'e1', state: 'held', text: evil, source, rule: evil, note: evil });
    await console.app.store.recordEntry(entry);
    await publishedEntry(console.app, { id: 'e2', text: `${evil}2`, source, url: null });
    const sato = await console.signedIn();
    const asked = encodeURIComponent(evil);
    const paths = ['/', '/posts/e1', '/posts/e2', `/history?text=${asked}&by=${asked}&from=${asked}`];
    paths.push(
      `/rules?title=${asked}&url=${asked}`,
      `/dry-run?address=${asked}`,
      `/urgent?template=${asked}`,
    );
    paths.push('/feed.xml', `/sign-in?next=${asked}`, `/posts/${asked}`, `/batches/${asked}`);
    for (const path of paths) {
      const { html } = await sato.get(path);
      expect(html, path).not.toMatch(/<script>|<img|href="javascript/u);
    }
    const typed = {
      ...FILLED,
      ...(await sato.form('/urgent', '/urgent')),
      text: evil,
      template: 'free',
      url: evil,
      reason: evil,
    };
    expect((await sato.post('/urgent', typed)).html).not.toMatch(/<script>|<img/u);
  });
});

const OWN_PASSWORD = 'correct horse battery staple';

/** Registers people with these roles, after the administrator, and signs one in. */
async function anOffice(console: TestConsole, name: string, roles: readonly Role[]): Promise<Browser> {
  const { app } = console;
  const first = await ensureAdministrator(app);
  const own = { name: 'administrator', password: OWN_PASSWORD };
  await changePassword(app, { name: own.name, password: first?.password ?? '', newPassword: OWN_PASSWORD });
  const made = await makeToken(app, { ...own, kind: 'personal', label: 'desk' });
  const token = made.kind === 'made' ? made.token : expect.fail(made.message);
  const added = await addOperator(app, { by: 'administrator', token, reason: null }, { name, roles });
  const oneTime = added.kind === 'done' ? added.password : expect.fail(added.message);
  const browser = console.browser();
  // Who does not know the first password learns nothing of the name.
  expect((await browser.signIn(name, 'wrong')).html).not.toContain('name="fresh"');
  const asked = await browser.signIn(name, oneTime);
  expect(asked.status).toBe(403);
  expect(asked.html).toContain('name="fresh"');
  expect(asked.html).toContain('Set one of your own to go on.');
  const fresh = { fresh: OWN_PASSWORD, again: OWN_PASSWORD };
  expect((await browser.post('/sign-in', { name, password: oneTime, ...fresh })).status).toBe(303);
  return browser;
}

describe('once people are registered', { timeout: 60_000 }, () => {
  test('the printed password opens nothing, and who came in with it is out', async () => {
    const console = await aConsole();
    const before = await console.signedIn();
    await anOffice(console, 'anne', ['approver']);
    expect((await before.get('/')).status).toBe(303);
    expect((await console.browser().signIn('anne', PRINTED)).status).toBe(403);
  });

  test('signing in again and again never uses up what a person may have, and leaves open browsers open', async () => {
    const console = await aConsole();
    const first = await anOffice(console, 'anne', ['approver']);
    for (let times = 0; times < 3; times += 1) {
      const browser = console.browser();
      expect((await browser.signIn('anne', OWN_PASSWORD)).status).toBe(303);
      for (const session of console.sessions.of('anne').slice(0, 1)) console.sessions.end(session);
    }
    const anne = (await console.app.governance.operators()).find(({ name }) => name === 'anne');
    expect(anne?.tokens).toHaveLength(2);
    expect((await first.get('/')).status).toBe(200);
  });

  test('a person whose name was disabled is out at the next click', async () => {
    const console = await aConsole();
    const anne = await anOffice(console, 'anne', ['approver']);
    expect((await anne.get('/')).status).toBe(200);
    const at = console.app.clock.now();
    await console.app.governance.changeOperator({
      kind: 'disable',
      name: 'anne',
      by: 'administrator',
      at,
      reason: null,
    });
    expect((await anne.get('/')).status).toBe(303);
  });
});
