import { html } from 'hono/html';
import type { Markup } from './layout.ts';

/** One bar: its parts stand on each other, in the order of the chart's names. `said` is the bar in words. */
type Bar = { label: string; said: string; parts: readonly number[] };

export type BarChart = {
  /** Unique on the page. */
  id: string;
  title: string;
  /** What the parts of a bar are, each with its place in the colours of the style sheet. */
  names: readonly { name: string; tone: 'first' | 'second' | 'bad' }[];
  bars: readonly Bar[];
  /** A limit that is drawn across; null: none. */
  limit: { value: number; name: string } | null;
  /** A number of the scale, in words. */
  scale: (value: number) => string;
};

/** Units of the drawing; it is scaled to the width of its place. */
const WIDTH = 400;
const HEIGHT = 190;
const FRAME = { left: 64, right: 6, top: 12, bottom: 24 };
/** Labels below the bars, so that they never meet. */
const LABELS = 6;

/** A drawing of bars over days, as SVG. It is a picture to a screen reader: the numbers stand in the table beside it. */
export function barChart(chart: BarChart): Markup {
  const { bars, limit, names } = chart;
  const sums = bars.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0));
  const top = niceTop(Math.max(...sums, limit?.value ?? 0));
  const innerHeight = HEIGHT - FRAME.top - FRAME.bottom;
  const step = (WIDTH - FRAME.left - FRAME.right) / Math.max(1, bars.length);
  const y = (value: number): number => round(FRAME.top + innerHeight * (1 - value / top));
  const every = Math.max(1, Math.ceil(bars.length / LABELS));
  return html`<figure class="chart">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${chart.id}">
      <title id="${chart.id}">${chart.title}</title>
      ${[0, 0.5, 1].map(
        (share) =>
          html`<line
              class="grid"
              x1="${FRAME.left}"
              x2="${WIDTH - FRAME.right}"
              y1="${y(top * share)}"
              y2="${y(top * share)}"
            />
            <text class="scale" x="${FRAME.left - 5}" y="${y(top * share) + 4}"
              >${chart.scale(top * share)}</text
            >`,
      )}
      ${bars.map((bar, index) => drawn(bar, chart, { x: FRAME.left + step * index, step, y }))}
      ${bars.map((bar, index) =>
        (bars.length - 1 - index) % every === 0
          ? html`<text class="day" x="${round(FRAME.left + step * (index + 0.5))}" y="${HEIGHT - 7}"
              >${bar.label}</text
            >`
          : '',
      )}
      ${
        limit === null
          ? ''
          : html`<line
              class="limit"
              x1="${FRAME.left}"
              x2="${WIDTH - FRAME.right}"
              y1="${y(limit.value)}"
              y2="${y(limit.value)}"
            />`
      }
    </svg>
    <figcaption aria-hidden="true">
      ${names.map(({ name, tone }) => html`<span class="key"><span class="swatch ${tone}"></span>${name}</span>`)}
      ${limit === null ? '' : html`<span class="key"><span class="swatch limit"></span>${limit.name}</span>`}
    </figcaption>
  </figure>`;
}

function drawn(
  bar: Bar,
  { names }: BarChart,
  place: { x: number; step: number; y: (value: number) => number },
): Markup {
  let below = 0;
  return html`<g>
    <title>${bar.said}</title>
    ${bar.parts.map((part, index) => {
      if (part === 0) return '';
      const base = place.y(below);
      below += part;
      const head = place.y(below);
      const tone = names[index]?.tone ?? 'first';
      // A part that is very small beside the others is still to be seen.
      const height = Math.max(1.5, round(base - head));
      return html`<rect
        class="${tone}"
        x="${round(place.x + place.step * 0.12)}"
        y="${round(base - height)}"
        width="${round(place.step * 0.76)}"
        height="${height}"
      />`;
    })}
  </g>`;
}

/** The next round number: one, two or five of a power of ten, and even, so that its half is a number of the scale. */
function niceTop(most: number): number {
  if (most <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(most));
  const found = [1, 2, 4, 6, 8, 10].find((factor) => factor * power >= most) ?? 10;
  return found * power;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
