import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { SESSION_COOKIE } from '../../../src/console/sessions.ts';
import type { Role } from '../../../src/governance/operator.ts';
import { seat } from '../desk.ts';
import { filled, type Ask } from '../routes.ts';
import { PRINTED } from '../visitor.ts';
import type { Office } from './office.ts';
import { WORDS, type Words } from './words.ts';

const PHONE = { width: 390, height: 780 };
const DESKTOP = { width: 1_100, height: 900 };

/** Who sits there, unless somebody else is named. */
const PERSON = '佐藤';

export type View = { lang: 'ja' | 'en'; where: 'phone' | 'desktop'; script: boolean; dark?: boolean };

/** Somebody in front of the console, who finds everything by the words that they read. */
export class Visitor {
  readonly page: Page;
  readonly words: Words;
  readonly view: View;
  readonly office: Office;
  /** Mistakes that the browser told of: script that failed, or what the content security policy stopped. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, view: View, office: Office) {
    this.#context = context;
    this.page = page;
    this.view = view;
    this.office = office;
    this.words = WORDS[view.lang];
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('request', (request) => {
      const to = new URL(request.url());
      if (/^https?:$/u.test(to.protocol) && to.origin !== new URL(office.url).origin)
        this.complaints.push(`asked somebody else: ${request.url()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('dialog', (dialog) => {
      this.complaints.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  static async at(office: Office, browser: Browser, view: View): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: view.where === 'phone' ? PHONE : DESKTOP,
      hasTouch: view.where === 'phone',
      locale: view.lang === 'ja' ? 'ja-JP' : 'en-US',
      javaScriptEnabled: view.script,
      colorScheme: view.dark === true ? 'dark' : 'light',
    });
    return new Visitor(context, await context.newPage(), view, office);
  }

  /** Somebody in another browser, who looks at the same office in the same way. */
  async beside(): Promise<Visitor> {
    const browser = this.#context.browser();
    if (browser === null) throw new Error('the browser is gone');
    return Visitor.at(this.office, browser, this.view);
  }

  async signIn(name = PERSON, password = PRINTED): Promise<void> {
    await this.page.goto(this.office.url);
    await this.answer(this.words.signIn, { [this.words.name]: name, [this.words.password]: password });
    await this.page.getByRole('heading', { name: this.words.board, level: 1 }).waitFor();
  }

  /** Sits down in the browser of a registered person who has signed in already. */
  async takeSeat(name: string, roles: readonly Role[]): Promise<void> {
    const { cookies } = await seat(this.office.console, name, roles);
    const value = cookies.get(SESSION_COOKIE) ?? '';
    await this.#context.addCookies([{ name: SESSION_COOKIE, value, url: this.office.url }]);
  }

  /** Opens a page by its word in the menu. */
  async open(word: string): Promise<void> {
    await this.page.getByRole('navigation').first().getByRole('link', { name: word, exact: true }).click();
  }

  /** From the board to the post with these words in it. */
  async openPost(text: string, link: string = this.words.decide): Promise<void> {
    await this.open(this.words.board);
    const card = this.page.getByRole('listitem').filter({ hasText: text });
    await card.getByRole('link', { name: link }).first().click();
  }

  /** Fills in the fields beside a button, by their labels, and presses it. */
  async answer(button: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
    const form = await this.formOf(button);
    for (const [label, typed] of Object.entries(fields)) await form.getByLabel(label).first().fill(typed);
    await form.getByRole('button', { name: button }).first().click();
  }

  /** The form in which a button stands; a fold around it is opened first. */
  async formOf(button: string): Promise<Locator> {
    const form = this.page
      .locator('form')
      .filter({ has: this.page.getByRole('button', { name: button, includeHidden: true }) })
      .first();
    const fold = form.locator('xpath=ancestor::details[not(@open)]/summary');
    if ((await fold.count()) > 0) await fold.first().click();
    return form;
  }

  /** Sends a form that no page needs to show: everything that the console asks of one is right. */
  async send(ask: Ask): Promise<void> {
    const { sessions } = this.office.console;
    const fields = await filled(this.office.console, ask, sessions.of(PERSON)[0]?.csrf ?? '');
    const submit = `
      const form = Object.assign(document.createElement('form'), { method: 'post', action: ${JSON.stringify(ask.at)} });
      for (const [name, value] of Object.entries(${JSON.stringify(fields)}))
        form.append(Object.assign(document.createElement('textarea'), { name, value }));
      document.body.append(form);
      form.submit();`;
    await Promise.all([this.page.waitForEvent('load'), this.page.evaluate(`{${submit}}`)]);
  }

  /** Waits until the page shows these words. */
  async reads(text: string): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
