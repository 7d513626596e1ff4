import { html } from 'hono/html';
import { templateKey, type LastDecisions } from '../app/last-decisions.ts';
import type { AnnouncementName, Templates } from '../compose/templates.ts';
import type { Lang } from '../feed/item.ts';
import { rulesMessages } from '../messages/console-rules.ts';
import { say } from '../messages/sentence.ts';
import { stateNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { Entry } from '../outbox/entry.ts';
import { stackedTable } from './data-table.ts';
import { speaker, type Markup } from './layout.ts';

type Shown = { name: string; key: string; ja: string; en: string; fields: readonly string[] };

/** Every template in both languages, with the fields that a person fills in and the posts that were made from it last. */
export function templateSections(
  templates: Templates,
  { templates: made }: LastDecisions,
  lang: Lang,
): Markup {
  const t = speaker(rulesMessages, lang);
  return html`<h2>${t('templates')}</h2>
    ${allOf(templates, lang).map(
      ({ name, key, ja, en, fields }) =>
        html`<details>
          <summary>${name}</summary>
          <p class="post-text" lang="ja">${ja}</p>
          <p class="post-text" lang="en">${en}</p>
          ${
            fields.length === 0
              ? ''
              : html`<p>${t('fields')}</p>
                  <ul>
                    ${fields.map((field) => html`<li>${field}</li>`)}
                  </ul>`
          }
          ${postsFrom(made.get(key) ?? [], lang)}
        </details>`,
    )}`;
}

function allOf({ announcements, correction, forced }: Templates, lang: Lang): readonly Shown[] {
  const t = speaker(rulesMessages, lang);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys are those of the type
  const names = Object.keys(announcements) as AnnouncementName[];
  return [
    ...names.flatMap((name) => {
      const one = announcements[name];
      const key = templateKey({ kind: 'announcement', template: name });
      return one === undefined ? [] : [{ name: t(`template-${name}`), key, ...one, fields: [] }];
    }),
    ...(correction === undefined
      ? []
      : [
          {
            name: t('correction'),
            key: templateKey({ kind: 'correction', template: '' }),
            ...correction,
            fields: [],
          },
        ]),
    ...Object.entries(forced).map(([template, { label, fields, ja, en }]) => ({
      name: t('forced', { label: label[lang] }),
      key: templateKey({ kind: 'forced', template }),
      ja,
      en,
      fields: Object.values(fields).map((field) => field.label[lang] + (field.required ? '' : t('optional'))),
    })),
  ];
}

function postsFrom(posts: readonly Entry[], lang: Lang): Markup {
  const t = speaker(rulesMessages, lang);
  if (posts.length === 0) return html`<p class="facts">${t('posts-none')}</p>`;
  const rows = posts.map(
    ({ id, lang: own, text, state, createdAt }) =>
      [
        html`<a href="/posts/${id}" lang="${own}">${text.split('\n', 1)[0] ?? id}</a>`,
        say(stateNames[state], lang),
        tokyoTime(createdAt, lang),
      ] as const,
  );
  return html`<p>${t('posts')}</p>
    ${stackedTable([t('item'), t('became'), t('at')], rows)}`;
}
