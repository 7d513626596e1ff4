import { html } from 'hono/html';
import type { Decided, LastDecisions } from '../app/last-decisions.ts';
import { runRuleTests, type RuleTestRun } from '../classify/classify.ts';
import { NEAR, type Rule, type Rules } from '../classify/rules.ts';
import type { Lang } from '../feed/item.ts';
import { rulesMessages } from '../messages/console-rules.ts';
import { say } from '../messages/sentence.ts';
import { stateNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { factsList, stackedTable, wideTable } from './data-table.ts';
import { speaker, type Markup } from './layout.ts';

/** The rules with their conditions and what each decided last, the tests that stand beside them, and the words that they look for. */
export function ruleSections(rules: Rules, { rules: decided }: LastDecisions, lang: Lang): Markup {
  const t = speaker(rulesMessages, lang);
  return html`<h2>${t('rules')}</h2>
    <ol class="plain">
      ${rules.rules.map((rule) => html`<li class="panel">${oneRule(rule, decided.get(rule.name) ?? [], lang)}</li>`)}
      <li class="panel">
        <h3>default</h3>
        <p>${t('default')}</p>
        ${decisions('default', decided.get('default') ?? [], lang)}
      </li>
    </ol>
    ${testSection(runRuleTests(rules), lang)} ${wordLists(rules, lang)}`;
}

function oneRule(rule: Rule, decided: readonly Decided[], lang: Lang): Markup {
  const t = speaker(rulesMessages, lang);
  const conditions = (alternatives: readonly (readonly string[])[]): string =>
    alternatives.map((one) => one.map((list) => nameOf(list, lang)).join(t('or'))).join(t('and'));
  const listed = (lists: readonly string[]): string => conditions([lists]);
  return html`<h3>${rule.name} <span class="tag ${rule.result}">${t(`result-${rule.result}`)}</span></h3>
    <p>${rule.meaning[lang]}</p>
    <p class="facts">${t('needs', { lists: conditions(rule.all) })}</p>
    ${rule.none.length === 0 ? '' : html`<p class="facts">${t('unless', { lists: listed(rule.none) })}</p>`}
    ${rule.despite.length === 0 ? '' : html`<p class="facts">${t('despite', { lists: listed(rule.despite) })}</p>`}
    ${decisions(rule.name, decided, lang)}`;
}

/** A list by its name, or two whose words must stand near one another. */
function nameOf(list: string, lang: Lang): string {
  return list.split(NEAR).join(say(rulesMessages.near, lang));
}

function decisions(rule: string, decided: readonly Decided[], lang: Lang): Markup {
  const t = speaker(rulesMessages, lang);
  if (decided.length === 0) return html`<p class="facts">${t('decided-none')}</p>`;
  const rows = decided.map(
    ({ at, title, lang: own, entry }) =>
      [html`<span lang="${own}">${title}</span>`, became(entry, lang), tokyoTime(at, lang)] as const,
  );
  return html`<details>
    <summary>${t('decided')}<span class="unseen"> ${rule}</span></summary>
    ${stackedTable([t('item'), t('became'), t('at')], rows)}
  </details>`;
}

function became(entry: Decided['entry'], lang: Lang): Markup | string {
  if (entry === null) return say(rulesMessages.ignored, lang);
  return html`<a href="/posts/${entry.id}"
    >${say(stateNames[entry.state], lang)}<span class="unseen"> ${entry.id}</span></a
  >`;
}

function testSection(runs: readonly RuleTestRun[], lang: Lang): Markup {
  const t = speaker(rulesMessages, lang);
  const failed = runs.filter(({ expected, got }) => expected !== got);
  const table = (shown: readonly RuleTestRun[], label: string): Markup =>
    wideTable(
      label,
      [t('item'), t('expected'), t('got'), t('rule')],
      shown.map(({ title, expected, got, rule }) => [
        title,
        t(`result-${expected}`),
        html`<span class="${expected === got ? '' : 'result deny'}">${t(`result-${got}`)}</span>`,
        rule,
      ]),
    );
  return html`<h2>${t('tests')}</h2>
    <p>
      ${failed.length === 0 ? t('tests-pass', { count: runs.length }) : t('tests-fail', { count: failed.length })}
    </p>
    ${failed.length === 0 ? '' : table(failed, t('tests'))}
    <details>
      <summary>${t('tests-show')}</summary>
      ${table(runs, t('tests-show'))}
    </details>`;
}

function wordLists(rules: Rules, lang: Lang): Markup {
  const t = speaker(rulesMessages, lang);
  const between = lang === 'ja' ? '、' : ', ';
  const rows = [
    ...Object.entries(rules.lists).map(([name, words]) => [name, words.join(between)] as const),
    ...Object.entries(rules.paths).map(
      ([name, paths]) => [`${name} (${t('path')})`, paths.join(between)] as const,
    ),
    [t('doubts'), rules.doubts.join(between)] as const,
    [t('masks'), rules.masks.join(between)] as const,
  ];
  return html`<details>
    <summary>${t('lists')}</summary>
    ${factsList(rows)}
  </details>`;
}
