import { createRequire } from 'node:module';
import type { compile } from 'css-select';

/** Loaded when the first selector is checked: most commands of most institutions never need it (30 ms). */
const load = createRequire(import.meta.url);

/** What is wrong with a CSS selector, in its parser's words, or null. */
export function selectorMistake(selector: string): string | null {
  const cssSelect: { compile: typeof compile } = load('css-select');
  try {
    cssSelect.compile(selector, {});
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}
