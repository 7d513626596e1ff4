import type { ConsoleParts, Visitor } from './visit.ts';

/** The configured address, where the request came under it through the proxy; null on this computer itself. */
export function proxied({ app }: ConsoleParts, c: Visitor): string | null {
  const { origin } = app.config.console;
  return origin !== null && new URL(c.req.url).host === new URL(origin).host ? origin : null;
}

/** Whether the browser must send a cookie over https alone: always, but on this computer itself, where there is no https. */
export function isSecure(parts: ConsoleParts, c: Visitor): boolean {
  return proxied(parts, c) !== null;
}
