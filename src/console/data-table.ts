import { html } from 'hono/html';
import type { Markup } from './layout.ts';

type Rows = readonly (readonly (Markup | string | number)[])[];

/** A table of numbers, whose first column names the row. */
export function dataTable(heads: readonly string[], rows: Rows): Markup {
  return html`<table class="numbers">
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

/**
 * The same for words: on a phone the rows stand one below the other, and so do their cells, each after its head. The roles say that it
 * is a table still.
 */
export function stackedTable(heads: readonly string[], rows: Rows): Markup {
  return html`<table class="stacked" role="table">
    <thead role="rowgroup">
      <tr role="row">
        ${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        ([first, ...others]) =>
          html`<tr role="row">
            <th scope="row" role="rowheader">${first}</th>
            ${others.map((cell, at) => html`<td role="cell" data-head="${heads[at + 1]}">${cell}</td>`)}
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
