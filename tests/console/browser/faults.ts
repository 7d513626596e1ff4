import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** What axe finds on the page. */
export async function axeFaults(page: Page): Promise<string[]> {
  // The pages have no frames, so that axe need not look for any: twice as fast.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(TAGS).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/**
 * Whether the page must be scrolled sideways: as it is, at 200 % zoom (which halves the width), and at the 320 pixels that
 * WCAG 1.4.10 asks for.
 */
export async function widthFaults(page: Page): Promise<string[]> {
  const own = page.viewportSize() ?? { width: 1_100, height: 900 };
  const found: string[] = [];
  for (const width of [Math.max(320, own.width / 2), 320, own.width]) {
    await page.setViewportSize({ ...own, width });
    const needed = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (needed > width) found.push(`needs ${String(needed)} pixels where there are ${String(width)}`);
  }
  return found;
}

const REACHABLE = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';

const ALL_REACHED = 'wanted.every((one) => walked.some(({ target }) => target === one))';

/**
 * Walks through the page with the Tab key alone: everything that can be worked is reached, the way to the content comes first, and
 * whatever has the focus shows it and can be seen.
 */
export async function keyboardFaults(page: Page): Promise<string[]> {
  await page.evaluate(`
    globalThis.walked = [];
    document.activeElement?.blur();
    getSelection().removeAllRanges();
    document.addEventListener('focusin', ({ target }) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(target);
      const box = target.getBoundingClientRect();
      const middle = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 10));
      walked.push({
        target,
        shows: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
        seen: box.width > 0 && box.height > 0 && (middle === null || target.contains(middle) || middle.contains(target)),
      });
    });`);
  const reachable = await page.evaluate<number>(`
    globalThis.wanted = [...document.querySelectorAll('${REACHABLE}')].filter((one) => !one.disabled && one.checkVisibility({ visibilityProperty: true }));
    wanted.length`);
  // A field for a date has a stop for each of its parts.
  for (let tabs = 0; tabs < reachable + 20; tabs += 1) {
    await page.keyboard.press('Tab');
    if (tabs >= reachable && (await page.evaluate<boolean>(ALL_REACHED))) break;
  }
  return page.evaluate<string[]>(`[
    ...(walked[0]?.target.matches('.skip') ? [] : ['the way to the content does not come first']),
    ...wanted.filter((one) => !walked.some(({ target }) => target === one)).map((one) => 'not reached: ' + one.outerHTML.slice(0, 200)),
    ...walked.filter(({ shows }) => !shows).map(({ target }) => 'shows no focus: ' + target.outerHTML.slice(0, 200)),
    ...walked.filter(({ seen }) => !seen).map(({ target }) => 'is covered: ' + target.outerHTML.slice(0, 200)),
  ]`);
}
