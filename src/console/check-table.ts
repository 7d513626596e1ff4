import { html } from 'hono/html';
import type { Lang } from '../feed/item.ts';
import { checkNames, postMessages } from '../messages/console-post.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import type { Judgement } from '../policy/judge.ts';
import { speaker, type Markup } from './layout.ts';

/** Every policy check with its result: those that did not pass at once, all of them a tap away. */
export function checkList(judged: readonly Judgement[], lang: Lang): Markup {
  const t = speaker(postMessages, lang);
  const failed = judged.filter(({ result }) => result.kind !== 'pass');
  const summary = { all: judged.length, passed: judged.length - failed.length };
  return html`<p>${t('checks-summary', summary)}</p>
    ${failed.length === 0 ? '' : checkTable(failed, lang)}
    <details>
      <summary>${t('all-checks')}</summary>
      ${checkTable(judged, lang)}
    </details>`;
}

function checkTable(judged: readonly Judgement[], lang: Lang): Markup {
  const t = speaker(postMessages, lang);
  return html`<table class="checks">
    <thead>
      <tr>
        <th scope="col">${t('column-check')}</th>
        <th scope="col">${t('column-result')}</th>
      </tr>
    </thead>
    <tbody>
      ${judged.map(({ rule, result, covered }) => {
        const said = result.kind === 'pass' ? [] : sentencesOf([{ rule, params: result.params }], lang);
        return html`<tr>
          <th scope="row">${say(checkNames[rule], lang)}</th>
          <td>
            <strong class="result ${result.kind}"
              >${t(covered ? 'result-covered' : `result-${result.kind}`)}</strong
            >
            ${said}
          </td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}
