import type { Hono } from 'hono';
import { createConsole } from '../../src/console/create-console.ts';
import { Sessions } from '../../src/console/sessions.ts';
import type { ConsoleParts, Visit } from '../../src/console/visit.ts';
import { aFakeApp, type FakeApp } from '../app/fake-app.ts';

const ORIGIN = 'http://127.0.0.1:7080';
export const PRINTED = '0123456789abcdef0123';

export type Page = { status: number; to: string | null; html: string; headers: Headers };

/** The console over a store in memory, and browsers that visit it. */
export class TestConsole {
  readonly app: FakeApp;
  readonly pages: Hono<Visit>;
  readonly sessions: Sessions;
  knocks = 0;
  onKnock: () => void = () => {};
  #drawn = 0;

  constructor(app: FakeApp = aFakeApp()) {
    this.app = app;
    this.sessions = new Sessions(() => this.#secret());
    // The fake clock stands still; keys and ids must differ all the same.
    const random = { ...app.random, nonce: () => this.#secret().slice(32), secret: () => this.#secret() };
    const parts: ConsoleParts = {
      app: { ...app, random },
      sessions: this.sessions,
      knock: () => {
        this.knocks += 1;
        this.onKnock();
      },
      signal: new AbortController().signal,
      printed: PRINTED,
    };
    this.pages = createConsole(parts);
  }

  browser(lang: 'ja' | 'en' = 'en'): Browser {
    return new Browser(this.pages, lang);
  }

  async signedIn(name = 'sato', lang: 'ja' | 'en' = 'en'): Promise<Browser> {
    const browser = this.browser(lang);
    await browser.signIn(name, PRINTED);
    return browser;
  }

  #secret(): string {
    this.#drawn += 1;
    return this.#drawn.toString(16).padStart(64, '0');
  }
}

/** One browser: keeps cookies, sends the origin with its forms, and follows nothing by itself. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #pages: Hono<Visit>;
  readonly #lang: string;

  constructor(pages: Hono<Visit>, lang: string) {
    this.#pages = pages;
    this.#lang = lang;
  }

  async ask(
    path: string,
    init: RequestInit = {},
    more: Readonly<Record<string, string>> = {},
  ): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'accept-language': this.#lang, ...(cookie === '' ? {} : { cookie }), ...more };
    const answer = await this.#pages.request(`${ORIGIN}${path}`, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const html = await wordsOf(answer);
    return { status: answer.status, to: answer.headers.get('location'), html, headers: answer.headers };
  }

  get(path: string, more: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.ask(path, {}, more);
  }

  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Page> {
    const body = new URLSearchParams(fields).toString();
    const type = 'application/x-www-form-urlencoded';
    return this.ask(path, { method: 'POST', body }, { origin: ORIGIN, 'content-type': type, ...more });
  }

  signIn(name: string, password: string, next = ''): Promise<Page> {
    return this.post(`/sign-in${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`, { name, password });
  }

  /** The hidden fields of the page's form for an action. */
  async form(path: string, action: string): Promise<Record<string, string>> {
    return hiddenFields((await this.get(path)).html, action);
  }
}

/** A stream of changes ends with the page that listens to it: here at once. */
async function wordsOf(answer: Response): Promise<string> {
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') !== true) return answer.text();
  await answer.body?.cancel();
  return '';
}

/** The hidden fields of the form that sends to `action`. */
export function hiddenFields(page: string, action: string): Record<string, string> {
  const form = page.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const inputs = [
    ...(form.split('</form>')[0] ?? '').matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/gu),
  ];
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, unescape(value)]));
}

function unescape(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
