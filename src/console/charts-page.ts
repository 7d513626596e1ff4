import { html } from 'hono/html';
import { DateTime } from 'luxon';
import { readCharts, type Charts } from '../app/read-charts.ts';
import type { EpochMs, Lang } from '../feed/item.ts';
import { consoleLimits } from '../limits/edges.ts';
import { MINUTE } from '../limits/units.ts';
import { chartMessages } from '../messages/console-charts.ts';
import { lengthOfTime } from '../messages/tokyo-time.ts';
import { barChart, type BarChart } from './bar-chart.ts';
import { dataTable } from './data-table.ts';
import { layout, speaker, type Markup } from './layout.ts';
import { tokyoDate } from './tokyo-day.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

/** GET /charts: posts, polls, delays and cost of the last days, drawn by the server, each with its numbers in a table. */
export async function showCharts(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const t = speaker(chartMessages, lang);
  const charts = await readCharts(parts.app);
  const body = html`<h1>${t('title')}</h1>
    <p class="lede">${t('lede', { days: consoleLimits.chartDays })}</p>
    ${postsChart(charts, lang)} ${delayChart(charts, lang)} ${costChart(charts, lang)}
    ${pollCharts(charts, lang)}`;
  return c.html(layout(parts, c, { title: t('title'), body, live: true }));
}

function postsChart({ posts, postsLimit }: Charts, lang: Lang): Markup {
  const t = speaker(chartMessages, lang);
  const chart: BarChart = {
    id: 'chart-posts',
    title: t('posts'),
    names: [
      { name: t('main'), tone: 'first' },
      { name: t('urgent'), tone: 'second' },
    ],
    bars: posts.map(({ from, main, urgent }) => ({
      label: shortDay(from),
      said: t('posts-said', { day: shortDay(from), main, urgent }),
      parts: [main, urgent],
    })),
    limit: { value: postsLimit, name: t('posts-limit') },
    scale: String,
  };
  const rows = posts.map(({ from, main, urgent }) => [tokyoDate(from), main, urgent, postsLimit]);
  return html`<h2>${t('posts')}</h2>
    ${barChart(chart)}
    ${numbers(t('posts'), [t('day'), t('main'), t('urgent'), t('posts-limit')], rows, lang)}`;
}

function delayChart({ delays }: Charts, lang: Lang): Markup {
  const t = speaker(chartMessages, lang);
  const words = (ms: number | null): string => (ms === null ? '—' : lengthOfTime(ms, lang));
  const chart: BarChart = {
    id: 'chart-delay',
    title: t('delay'),
    names: [{ name: t('delay-median'), tone: 'first' }],
    bars: delays.map(({ from, median, longest, posts }) => ({
      label: shortDay(from),
      said: t('delay-said', { day: shortDay(from), median: words(median), longest: words(longest), posts }),
      parts: [(median ?? 0) / MINUTE],
    })),
    limit: null,
    scale: (minutes) => words(minutes * MINUTE),
  };
  const heads = [t('day'), t('delay-median'), t('delay-longest'), t('delay-dated'), t('delay-posts')];
  const rows = delays.map(({ from, median, longest, medianFromDate, posts }) => [
    tokyoDate(from),
    words(median),
    words(longest),
    words(medianFromDate),
    posts,
  ]);
  return html`<h2>${t('delay')}</h2>
    <p class="lede">${t('delay-lede')}</p>
    ${barChart(chart)} ${numbers(t('delay'), heads, rows, lang)}`;
}

function costChart({ cost, currency, ceiling }: Charts, lang: Lang): Markup {
  const t = speaker(chartMessages, lang);
  const chart: BarChart = {
    id: 'chart-cost',
    title: t('cost'),
    names: [{ name: t('cost-amount', { currency }), tone: 'first' }],
    bars: cost.map(({ from, posts, atMost }) => ({
      label: shortDay(from),
      said: t('cost-said', { day: shortDay(from), amount: atMost, currency, posts }),
      parts: [atMost],
    })),
    limit: ceiling === null ? null : { value: ceiling, name: t('cost-ceiling') },
    scale: String,
  };
  const heads = [t('day'), t('delay-posts'), t('cost-amount', { currency })];
  const rows = cost.map(({ from, posts, atMost }) => [tokyoDate(from), posts, atMost]);
  return html`<h2>${t('cost')}</h2>
    ${ceiling === null ? html`<p class="lede">${t('cost-no-ceiling')}</p>` : ''} ${barChart(chart)}
    ${numbers(t('cost'), heads, rows, lang)}`;
}

function pollCharts({ polls }: Charts, lang: Lang): Markup {
  const t = speaker(chartMessages, lang);
  return html`<h2>${t('polls')}</h2>
    ${polls.slice(0, consoleLimits.chartFeeds).map(({ feed, days }, index) => {
      const title = t('polls-of', { feed });
      const isEmpty = days.every(({ read, unchanged, failed }) => read + unchanged + failed === 0);
      if (isEmpty)
        return html`<h3>${title}</h3>
          <p>${t('polls-none')}</p>`;
      const chart: BarChart = {
        id: `chart-polls-${String(index)}`,
        title,
        names: [
          { name: t('polls-good'), tone: 'first' },
          { name: t('polls-failed'), tone: 'bad' },
        ],
        bars: days.map(({ from, read, unchanged, failed }) => {
          const good = read + unchanged;
          const said = t('polls-said', { day: shortDay(from), good, failed });
          return { label: shortDay(from), said, parts: [good, failed] };
        }),
        limit: null,
        scale: String,
      };
      const heads = [t('day'), t('polls-read'), t('polls-unchanged'), t('polls-failed')];
      const rows = days.map(({ from, read, unchanged, failed }) => [
        tokyoDate(from),
        read,
        unchanged,
        failed,
      ]);
      return html`<h3>${title}</h3>
        ${barChart(chart)} ${numbers(title, heads, rows, lang)}`;
    })}`;
}

/** The numbers behind a chart, newest first. */
function numbers(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  lang: Lang,
): Markup {
  return html`<details>
    <summary>${speaker(chartMessages, lang)('table')}<span class="unseen"> ${name}</span></summary>
    ${dataTable(heads, rows.toReversed())}
  </details>`;
}

function shortDay(from: EpochMs): string {
  return DateTime.fromMillis(from, { zone: 'Asia/Tokyo' }).toFormat('M/d');
}
