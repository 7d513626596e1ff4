import { html } from 'hono/html';
import type { Markup } from './layout.ts';

type Rows = readonly (readonly (Markup | string | number)[])[];

/** A table whose first column names the row. */
export function dataTable(heads: readonly string[], rows: Rows): Markup {
  return html`<table>
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([first, ...others]) =>
          html`<tr>
            <th scope="row">${first}</th>
            ${others.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** The same where it may be wider than the page: it scrolls sideways, by keyboard too. */
export function wideTable(label: string, heads: readonly string[], rows: Rows): Markup {
  return html`<div class="wide" role="region" tabindex="0" aria-label="${label}">
    ${dataTable(heads, rows)}
  </div>`;
}

/** Names and what they are, one below the other on a phone. */
export function factsList(rows: readonly (readonly [string, Markup | string])[]): Markup {
  return html`<dl class="facts-list">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
