import { setImmediate } from 'node:timers/promises';
import {
  exportRecords,
  ExportStopped,
  type ExportFormat,
  type ExportRequest,
} from '../app/export-records.ts';
import { errorPage } from './error-page.ts';
import { searchOf } from './search-form.ts';
import { who } from './sign-in.ts';
import { speaking, type ConsoleParts, type Visitor } from './visit.ts';

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const;

/** GET /history/posts.csv and .jsonl: every post of the search, as a file. */
export function sendPosts(parts: ConsoleParts, c: Visitor, format: ExportFormat): Promise<Response> {
  const search = searchOf(c);
  return send(parts, c, { what: 'posts', search, format, lang: c.get('lang'), by: who(c.get('session')).by });
}

/** GET /history/audit.csv and .jsonl: the audit log of the days that were asked for, or all of it, as a file. */
export function sendAudit(parts: ConsoleParts, c: Visitor, format: ExportFormat): Promise<Response> {
  const { madeFrom, madeBefore } = searchOf(c);
  const range = { from: madeFrom ?? 0, to: madeBefore ?? Number.MAX_SAFE_INTEGER };
  return send(parts, c, {
    what: 'audit',
    ...range,
    format,
    lang: c.get('lang'),
    by: who(c.get('session')).by,
  });
}

async function send(parts: ConsoleParts, c: Visitor, request: ExportRequest): Promise<Response> {
  // Who only asks whether there is something is given nothing, and nothing is put on record.
  if (c.req.method === 'HEAD') return c.body(null, 200);
  const result = await exportRecords(speaking(parts.app, request.lang), request);
  if (result.kind === 'refused') return c.html(errorPage(parts, c, result.message), 403);
  c.header('content-type', TYPES[request.format]);
  c.header('content-disposition', `attachment; filename="kosatsu-${request.what}.${request.format}"`);
  // Read as fast as the browser takes it.
  return c.body(ReadableStream.from(chunks(result.lines, (error) => breakOff(parts, c, error))));
}

/**
 * Breaks off an answer that has begun, so that no browser takes the half of a file for the whole; what was made of it is sent before,
 * because its last line says so too.
 */
async function breakOff({ app }: ConsoleParts, c: Visitor, error: unknown): Promise<void> {
  if (!(error instanceof ExportStopped)) app.log.error({ err: String(error) }, 'an export broke off');
  const socket = c.env?.outgoing?.socket ?? null;
  // Without a connection, as in a test, the error itself ends the answer.
  if (socket === null) throw error;
  // Node keeps what was written until the next turn before it gives it to the connection.
  await setImmediate();
  // Whoever returned before it is closed would end the answer as if it were whole.
  await new Promise<void>((closed) => {
    socket.once('close', () => closed());
    socket.destroySoon();
  });
}

/** Lines in pieces that are worth sending; what was made is sent before it breaks off. */
async function* chunks(
  lines: AsyncIterable<string>,
  fail: (error: unknown) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let waiting = '';
  try {
    for await (const line of lines) {
      waiting += `${line}\r\n`;
      if (waiting.length < CHUNK_CHARS) continue;
      yield encoder.encode(waiting);
      waiting = '';
    }
  } catch (error) {
    if (waiting !== '') yield encoder.encode(waiting);
    return fail(error);
  }
  if (waiting !== '') yield encoder.encode(waiting);
}

const CHUNK_CHARS = 16_384;
