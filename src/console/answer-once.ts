import { consoleLimits } from '../limits/edges.ts';
import { consoleMessages } from '../messages/console.ts';
import { say } from '../messages/sentence.ts';
import type { Notice } from './sessions.ts';
import { field, type ConsoleParts, type Visitor } from './visit.ts';

/**
 * Does what a form asks, once: sent again (a second tap, a reload, a lost answer), it gets the answer of the first time. The answer is
 * shown on the page that stands in it, which may be reloaded without doing anything.
 */
export async function answerOnce(c: Visitor, work: () => Promise<Notice>): Promise<Response> {
  const { answers } = c.get('session');
  const key = field(c, 'key');
  if (!/^[0-9a-f]{32}$/u.test(key)) return c.text(say(consoleMessages['form-broken'], c.get('lang')), 400);
  const known = answers.get(key);
  const answer = known ?? work();
  if (known === undefined) {
    const oldest = answers.keys().next().value;
    if (answers.size >= consoleLimits.answersMax && oldest !== undefined) answers.delete(oldest);
    answers.set(key, answer);
    // What broke off may be tried again: every act is safe to repeat, because it names the state that it was decided on.
    answer.catch(() => answers.delete(key));
  }
  const { to } = await answer;
  return c.redirect(`${to}${to.includes('?') ? '&' : '?'}note=${key}`, 303);
}

/** The answer that the page is to show, if it was asked to show one. */
export async function noticeOf(c: Visitor): Promise<Notice | null> {
  const key = c.req.query('note');
  return key === undefined ? null : ((await c.get('session').answers.get(key)) ?? null);
}

/** A key for a form, new for each page. */
export function formKey({ app }: ConsoleParts): string {
  return app.random.nonce();
}
