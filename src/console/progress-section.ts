import { html } from 'hono/html';
import type { Task } from '../app/progress.ts';
import { STOP_RIGHTS, stopTask } from '../app/stop-task.ts';
import { mayDo } from '../governance/permissions.ts';
import type { Lang } from '../feed/item.ts';
import { boardMessages } from '../messages/console-board.ts';
import { progressMessages, stopEffects, stopResults, taskSentences } from '../messages/progress.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { answerOnce, formKey } from './answer-once.ts';
import { speaker, type Markup } from './layout.ts';
import { reasonOf } from './reason.ts';
import { who } from './sign-in.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** Long work under way, each with how far it is and how it is stopped; nothing where there is none. */
export function progressSection(parts: ConsoleParts, c: Visitor): Markup | '' {
  const tasks = parts.app.progress.list();
  if (tasks.length === 0) return '';
  return html`<section aria-labelledby="work">
    <h2 id="work">${say(progressMessages.heading, c.get('lang'))}</h2>
    <ul class="plain">
      ${tasks.map((task) => taskCard(task, parts, c))}
    </ul>
  </section>`;
}

/** How far each work is, as the stream of changes tells it to the page. */
export function taskFaces(tasks: readonly Task[], lang: Lang): object[] {
  return tasks.map((task) => ({
    id: task.id,
    done: task.done,
    total: task.total,
    text: howFar(task, lang),
  }));
}

function taskCard(task: Task, parts: ConsoleParts, c: Visitor): Markup {
  const lang = c.get('lang');
  const { id, done, total, since } = task;
  const t = speaker(boardMessages, lang);
  return html`<li class="panel work">
    <p id="task-${id}">${howFar(task, lang)}</p>
    <progress id="progress-${id}" aria-labelledby="task-${id}" ${shareOf(done, total)}></progress>
    <p class="facts">${t('work-since', { since: tokyoTime(since, lang) })}</p>
    ${mayDo(c.get('session').roles, STOP_RIGHTS[task.kind]) ? stopForm(task, parts, c) : ''}
  </li>`;
}

/** Without a value the browser shows that nobody knows how far it is. */
function shareOf(done: number, total: number | null): Markup | '' {
  return total === null ? '' : html`max="${Math.max(1, total)}" value="${done}"`;
}

function stopForm({ id, kind, subject }: Task, parts: ConsoleParts, c: Visitor): Markup {
  const lang = c.get('lang');
  const label = say(progressMessages[kind === 'backlog' ? 'stop-backlog' : 'stop'], lang);
  return html`<details>
    <summary>
      ${label}${kind === 'first-reading' ? html`<span class="unseen"> ${subject}</span>` : ''}
    </summary>
    <form method="post" action="/tasks/${id}/stop">
      <p>${say(stopEffects[kind], lang)}</p>
      <input type="hidden" name="csrf" value="${c.get('session').csrf}" />
      <input type="hidden" name="key" value="${formKey(parts)}" />
      ${kind === 'backlog' ? reasonField(`stop-reason-${id}`, lang) : ''}
      <button>${label}</button>
    </form>
  </details>`;
}

function reasonField(id: string, lang: Lang): Markup {
  return html`<label for="${id}">${say(boardMessages.reason, lang)}</label>
    <input id="${id}" name="reason" required maxlength="500" />`;
}

function howFar({ kind, subject, done, total }: Task, lang: Lang): string {
  return say(taskSentences[kind], lang, { subject, done, ...(total === null ? {} : { total }) });
}

/** POST /tasks/:id/stop: which right it needs depends on the work; the app asks. */
export function takeStop(parts: ConsoleParts, c: Visitor): Promise<Response> {
  return answerOnce(c, async () => {
    const lang = c.get('lang');
    const id = c.req.param('id') ?? '';
    const request = { id, reason: reasonOf(c), by: who(c.get('session')).by };
    const result = await stopTask(speaking(parts.app, lang), request);
    switch (result.kind) {
      case 'stopped': {
        const { kind, subject } = result.task;
        return { tone: 'done', text: say(stopResults[kind], lang, { subject }), to: '/' };
      }
      case 'gone':
        return { tone: 'warning', text: say(stopResults.gone, lang), to: '/' };
      case 'refused':
        return { tone: 'warning', text: result.message, to: '/' };
    }
  });
}
