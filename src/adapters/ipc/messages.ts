import type { UrgentRequest } from '../../app/force-urgent.ts';
import type { LinkReply, LinkRequest } from '../../app/worker-link.ts';

/** A request or reply on the wire: one line of JSON. `id` pairs them on one connection. */
export type Numbered<Body> = { id: number; body: Body };

/** What came from a client, checked field by field: whoever may write to the socket may still be another version. */
export function readRequest(value: unknown): Numbered<LinkRequest> | null {
  if (!isRecord(value) || typeof value['id'] !== 'number') return null;
  const { id, kind, request } = value;
  if (kind === 'ping' || kind === 'wake') return { id, body: { kind } };
  if (kind !== 'propose-urgent' && kind !== 'publish-urgent') return null;
  // Nothing is published that nobody said yes to.
  const isConfirmed = isRecord(request) && request['confirmed'] !== undefined;
  if (kind === 'publish-urgent' && !isConfirmed) return null;
  return isUrgentRequest(request) ? { id, body: { kind, request } } : null;
}

/** What came from the worker. It is our own program's, so its kind is looked at, and no more. */
export function readReply(value: unknown): Numbered<LinkReply> | null {
  return isReply(value) ? { id: value.id, body: value.body } : null;
}

const REPLY_KINDS: ReadonlySet<unknown> = new Set<LinkReply['kind']>([
  'pong',
  'woken',
  'proposal',
  'result',
  'failed',
]);

function isReply(value: unknown): value is Numbered<LinkReply> {
  return (
    isRecord(value) &&
    typeof value['id'] === 'number' &&
    isRecord(value['body']) &&
    REPLY_KINDS.has(value['body']['kind'])
  );
}

function isUrgentRequest(value: unknown): value is UrgentRequest {
  if (!isRecord(value)) return false;
  const { requestId, fields, lang, by, reason, overridePause, text, template, url, confirmed } = value;
  const { token, password, breakGlass } = value;
  const optional = [text, template, url, token, password].every(
    (part) => part === undefined || typeof part === 'string',
  );
  const named =
    [requestId, by].every((part) => typeof part === 'string' && part !== '') && typeof reason === 'string';
  const filled = isRecord(fields) && Object.values(fields).every((part) => typeof part === 'string');
  return (
    optional &&
    named &&
    filled &&
    typeof overridePause === 'boolean' &&
    (breakGlass === undefined || breakGlass === true) &&
    (lang === 'ja' || lang === 'en') &&
    (confirmed === undefined || isConfirmation(confirmed))
  );
}

function isConfirmation(value: unknown): boolean {
  return (
    isRecord(value) &&
    [value['text'], value['account'], value['mode']].every((part) => typeof part === 'string')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
