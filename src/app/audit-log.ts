import { textHash } from '../compose/text-hash.ts';
import type { AuditHead, AuditRecord } from '../governance/audit-record.ts';
import type { Json } from '../governance/canonical-json.ts';
import { CHAIN_START, checkEnd, checkRecord, readBody } from '../governance/verify-chain.ts';
import type { AuditBody, AuditProblem } from '../governance/verify-chain.ts';
import { governanceLimits } from '../limits/storage.ts';
import type { Entry } from '../outbox/entry.ts';
import { PROGRAM } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import { breathe } from './progress.ts';

/** What a check of the log found. `problems` empty: nothing was changed, removed or reordered. */
export type AuditReport = {
  count: number;
  head: AuditHead | null;
  problems: readonly { kind: AuditProblem; seq: number | null; id: string | null }[];
  backInTime: readonly number[];
};

/**
 * Reads the whole log and proves its chain, its end, the anchors that were kept outside, and that every stored post is what the log
 * says of it. Anchors are hashes by record number. A worker may go on meanwhile. `rest` is awaited between two pages; after an abort
 * the rest of the log is left unread, and the report says nothing.
 */
export async function verifyAudit(
  app: Pick<App, 'store' | 'governance'>,
  anchors: ReadonlyMap<number, string>,
  pause: Pause = SHORT_PAUSE,
): Promise<AuditReport> {
  // Whoever has a pseudonym got it in a record.
  const hasPeople = (await app.governance.people()).length > 0;
  const begun = (await app.governance.auditHead())?.seq ?? 0;
  // Posts first: what happens to them meanwhile is then later in the log than what is compared.
  const entries = new Map((await app.store.list({ newestFirst: true })).map((entry) => [entry.id, entry]));
  // The note of the end, too: the log may only have grown since.
  const head = await app.governance.auditHead();
  const differing = new Set<string>([...entries.values()].filter(isAltered).map(({ id }) => id));
  const confirmed = new Set<string>();
  const unfound = new Set<string>();
  let progress = CHAIN_START;
  let firstAt: number | null = null;
  let count = 0;
  for await (const record of recordsOf(app, head?.seq ?? Number.MAX_SAFE_INTEGER, pause)) {
    progress = checkRecord(progress, record, anchors);
    count += 1;
    const body = readBody(record.body);
    firstAt ??= body?.at ?? null;
    const id = body?.subject ?? '';
    const entry = entries.get(id);
    if (body?.act === 'entry.record' && entry === undefined && record.seq <= begun) unfound.add(id);
    if (body === null || entry === undefined) continue;
    const told = faceIn(body);
    if (told === null || told.revision !== entry.revision) continue;
    const { state, textHash: hash, remoteId } = entry;
    const isSame = told.state === state && told.textHash === hash && told.remoteId === remoteId;
    if (isSame) confirmed.add(entry.id);
  }
  for (const { id, createdAt } of entries.values()) {
    // Posts from before there was a log have their first change in it, or nothing.
    if (!confirmed.has(id) && (firstAt === null ? count > 0 : createdAt >= firstAt)) differing.add(id);
  }
  const findings = checkEnd(progress, head, anchors).map(({ kind, seq }) => ({ kind, seq, id: null }));
  if (hasPeople && head === null && count === 0) findings.push({ kind: 'missing', seq: 1, id: null });
  const posts = [...differing].map((id) => ({ kind: 'entry-differs' as const, seq: null, id }));
  const gone = (await goneOf(app, unfound)).map((id) => ({ kind: 'entry-missing' as const, seq: null, id }));
  return { count, head, problems: [...findings, ...posts, ...gone], backInTime: progress.backInTime };
}

/** Those that are nowhere: the oldest posts are only not in the list, which has a bound. */
async function goneOf({ store }: Pick<App, 'store'>, ids: ReadonlySet<string>): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const id of ids) if ((await store.find(id)) === null) gone.push(id);
  return gone;
}

/** What happens between two pages. */
type Pause = { rest: () => Promise<void>; signal: AbortSignal };
const SHORT_PAUSE: Pause = { rest: breathe, signal: new AbortController().signal };

/** Every record up to a number, a page at a time. */
async function* recordsOf(
  app: Pick<App, 'governance'>,
  upTo: number = Number.MAX_SAFE_INTEGER,
  { rest, signal }: Pause = SHORT_PAUSE,
): AsyncGenerator<AuditRecord> {
  let after = 0;
  for (;;) {
    const page = await app.governance.auditRecords(after, governanceLimits.auditPage);
    for (const record of page) {
      if (record.seq > upTo) return;
      yield record;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < governanceLimits.auditPage) return;
    after = last.seq;
    await rest();
    if (signal.aborted) return;
  }
}

/** A record for people: with the name behind its pseudonym, where that was not erased. */
export type AuditLine = AuditBody & { hash: string; actorName: string };

/**
 * The records between two instants (`to` is not included), oldest first; `looked` is told the number of each that was looked at. Records
 * that cannot be read are left to `verify`.
 */
export async function* auditLines(
  app: Pick<App, 'governance'>,
  range: { from: number; to: number },
  looked: (seq: number) => void = () => {},
): AsyncGenerator<AuditLine> {
  const names = new Map((await app.governance.people()).map(({ id, name }) => [id, name]));
  for await (const { seq, body: text, hash } of recordsOf(app)) {
    looked(seq);
    const body = readBody(text);
    if (body === null || body.at < range.from || body.at >= range.to) continue;
    yield { ...body, hash, actorName: names.get(body.actor) ?? body.actor };
  }
}

/** What the people so named ever did something to, or were refused to: ids of posts, and other subjects of the log. An erased name is its pseudonym. */
export async function actsOf(
  app: Pick<App, 'governance'>,
  isMeant: (name: string) => boolean,
): Promise<ReadonlySet<string>> {
  const people = (await app.governance.people()).filter(({ id, name }) => isMeant(name ?? id));
  const actors = new Set(people.map(({ id }) => id));
  const subjects = new Set<string>();
  if (actors.size === 0) return subjects;
  for await (const { body: text } of recordsOf(app)) {
    // Most records are the program's own, and are passed over without being read.
    if (text.includes(OWN_ACT)) continue;
    const body = readBody(text);
    if (body !== null && body.subject !== null && actors.has(body.actor)) subjects.add(body.subject);
  }
  return subjects;
}

/** How a record of the program's own act names the actor. */
const OWN_ACT = `"actor":${JSON.stringify(PROGRAM)}`;

/** Whether somebody changed the words without their digest. */
function isAltered({ text, mode, account, textHash: stored }: Entry): boolean {
  return textHash({ text, mode, account }) !== stored;
}

type Face = Record<'state' | 'revision' | 'textHash' | 'remoteId', Json>;

function faceIn({ act, after }: AuditBody): Face | null {
  if (!act.startsWith('entry.') || typeof after !== 'object' || after === null) return null;
  if (!('state' in after) || !('revision' in after) || !('textHash' in after) || !('remoteId' in after))
    return null;
  const { state, revision, textHash: hash, remoteId } = after;
  return {
    state: state ?? null,
    revision: revision ?? null,
    textHash: hash ?? null,
    remoteId: remoteId ?? null,
  };
}
