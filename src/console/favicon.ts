import type { Mode } from '../outbox/entry.ts';

const COLOURS: Readonly<Record<Mode, string>> = { live: '#b00020', sandbox: '#3d4454', drill: '#7a4b00' };
const STRIPES =
  '<path d="M-4 20 20-4M4 28 28 4M12 36 36 12" stroke="#fff" stroke-opacity=".35" stroke-width="4"/>';

/** A tab shows where posts go: red for live, striped for what reaches nobody. */
export function favicon(mode: Mode): string {
  const board = '<path d="M16 5 28 12v3H4v-3zM7 16h18v9H7zM14 25h4v4h-4z" fill="#fff"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="${COLOURS[mode]}"/>${mode === 'live' ? '' : STRIPES}${board}</svg>`;
}

export function faviconPath(mode: Mode): string {
  return `/favicon-${mode}.svg`;
}
