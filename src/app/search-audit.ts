import { readBody } from '../governance/verify-chain.ts';
import { consoleLimits } from '../limits/edges.ts';
import { foldPersonName } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import type { AuditLine } from './audit-log.ts';
import { breathe } from './progress.ts';
import { fold, type PostSearch } from './search-posts.ts';

/** What is looked for in the log; every condition that is given must hold. `text` stands in the record, or in what its act and its reason are called. */
export type AuditSearch = Pick<PostSearch, 'text' | 'by' | 'madeFrom' | 'madeBefore'>;

export type FoundRecords = {
  lines: readonly AuditLine[];
  /** The number of the record before which the next page begins; null: there are no more. */
  next: number | null;
  lookedAt: number;
};

/**
 * One page of the audit log, newest first; `before` is the number of the record where the page before ended. Looks at a bounded number of
 * records, so that a page always comes. Records that cannot be read are left to `verify`.
 */
export async function searchAudit(
  app: Pick<App, 'governance'>,
  search: AuditSearch,
  { before, nameOf }: { before: number | null; nameOf: (act: string, reason: string | null) => string },
): Promise<FoundRecords> {
  const names = new Map((await app.governance.people()).map(({ id, name }) => [id, name]));
  const words = fold(search.text).trim().split(/\s+/u);
  const wanted = foldPersonName(search.by);
  const lines: AuditLine[] = [];
  const newest = (await app.governance.auditHead())?.seq ?? 0;
  let end = Math.min(before ?? Number.MAX_SAFE_INTEGER, newest + 1);
  let lookedAt = 0;
  // By stretches of the numbers, not by the records in them: of a log that was tampered with there may be none.
  const stretches = consoleLimits.searchedMax / consoleLimits.searchedAtOnce;
  for (let done = 0; done < stretches && end > 1; done += 1) {
    const after = Math.max(0, end - 1 - consoleLimits.searchedAtOnce);
    const some = await app.governance.auditRecords(after, end - 1 - after);
    for (const { seq, body: text, hash } of some.toReversed()) {
      if (lines.length >= consoleLimits.foundMax) return { lines, next: end, lookedAt };
      end = seq;
      lookedAt += 1;
      const body = readBody(text);
      if (body === null) continue;
      const { at, act, actor } = body;
      if (at < (search.madeFrom ?? 0) || at >= (search.madeBefore ?? Number.MAX_SAFE_INTEGER)) continue;
      const subject = body.subject === null ? null : (names.get(body.subject) ?? body.subject);
      const line = { ...body, hash, subject, actorName: names.get(actor) ?? actor };
      if (!foldPersonName(line.actorName).includes(wanted)) continue;
      const whole = fold(`${text} ${subject ?? ''} ${nameOf(act, body.reason)}`);
      if (words.every((word) => whole.includes(word))) lines.push(line);
    }
    end = after + 1;
    await breathe();
  }
  return { lines, next: end > 1 ? end : null, lookedAt };
}
