import type { Socket } from 'node:net';
import type { Context } from 'hono';
import type { App } from '../app/app.ts';
import type { Lang } from '../feed/item.ts';
import type { Session, Sessions } from './sessions.ts';

/** What the pages work with. `knock` makes the worker of this process look at the store at once. */
export type ConsoleParts = {
  app: App;
  sessions: Sessions;
  knock: () => void;
  /** Aborts when the program ends. */
  signal: AbortSignal;
  /** The password that `run` printed; it opens as long as no operator was added. */
  printed: string;
};

/** What is known of one request besides the request itself. */
export type Visit = {
  Variables: { lang: Lang; session: Session; fields: Readonly<Record<string, string>> };
  /** What the answer is written to, and its connection, where there is one. */
  Bindings: { outgoing?: { socket: Socket | null } };
};
export type Visitor = Context<Visit>;

/** The app, speaking the language of the page: sentences that its functions return are for the person who reads it. */
export function speaking(app: App, lang: Lang): App {
  return { ...app, config: { ...app.config, operatorLang: lang } };
}

/** A typed field of the form that was sent; empty where it is missing. */
export function field(c: Visitor, name: string): string {
  return (c.get('fields')[name] ?? '').replaceAll('\r\n', '\n');
}
