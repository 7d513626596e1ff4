import { consoleLimits } from '../limits/edges.ts';
import type { EntryFilter } from '../outbox/outbox-store.ts';
import { isSamePerson } from '../outbox/person-name.ts';
import { findOperator } from '../governance/operator-event.ts';
import { signInKey } from '../governance/sign-in.ts';
import type { App } from './app.ts';
import { auditLines, type AuditLine } from './audit-log.ts';
import { authorize, noteRefusal } from './authorize.ts';
import type { NotDone } from './sign-in.ts';

/** Who asks for disclosure or erasure, and what shows that it is them. */
export type PrivacyClaim = { by: string; token?: string | undefined };

/** All that is held of one person. No hash of a password or token is part of it: those say nothing to the person and open doors. */
export type PersonalData = {
  kind: 'data';
  name: string;
  operator: object | null;
  pseudonym: string | null;
  signIns: readonly { at: number; succeeded: boolean }[];
  posts: readonly { id: string; as: 'by' | 'approval' }[];
  acts: readonly AuditLine[];
};

/** What is held of a person, for a request for disclosure; null where nothing is. That it was disclosed is on the record. */
export async function exportPerson(
  app: App,
  claim: PrivacyClaim,
  name: string,
): Promise<PersonalData | NotDone | null> {
  const right = await authorize(app, { act: 'privacy', ...claim, subject: 'export' });
  if (right.kind === 'refused') return right;
  const operator = findOperator(await app.governance.operators(), name);
  const person = (await app.governance.people()).find(
    (one) => one.name !== null && isSamePerson(one.name, name),
  );
  const posts = await postsOf(app, name);
  const signIns = await app.governance.signIns(signInKey(name), 0);
  if (operator === null && person === undefined && posts.length === 0 && signIns.length === 0) return null;
  const acts: AuditLine[] = [];
  if (person !== undefined) {
    for await (const line of auditLines(app, { from: 0, to: Number.MAX_SAFE_INTEGER }))
      if (line.actor === person.id || line.subject === person.id) acts.push(line);
  }
  await app.governance.note({
    at: app.clock.now(),
    scope: null,
    actor: right.by,
    act: 'privacy.export',
    // Who stands nowhere in the log gets no place in it by asking.
    subject: typeof person?.name === 'string' ? { person: person.name } : null,
    reason: null,
    before: null,
    after: { posts: posts.length, acts: acts.length },
    policyVersion: null,
  });
  return {
    kind: 'data',
    name: person?.name ?? operator?.name ?? name,
    operator: operator === null ? null : withoutSecrets(operator),
    pseudonym: person?.id ?? null,
    signIns,
    posts,
    acts,
  };
}

/** Of every mode and account, however many there are. */
async function postsOf({ store }: App, name: string): Promise<PersonalData['posts']> {
  const found: { id: string; as: 'by' | 'approval' }[] = [];
  for (let after: EntryFilter = {}; ;) {
    const some = await store.list({ ...after, limit: consoleLimits.searchedAtOnce });
    for (const { id, by, approvals } of some) {
      if (isSamePerson(by, name)) found.push({ id, as: 'by' });
      if (approvals.some((one) => isSamePerson(one.by, name))) found.push({ id, as: 'approval' });
    }
    const last = some.at(-1);
    if (last === undefined) return found;
    after = { after: { createdAt: last.createdAt, id: last.id } };
  }
}

export type ErasureResult =
  | { kind: 'erased'; id: string; places: number }
  | { kind: 'unknown' }
  | { kind: 'active' }
  | { kind: 'own' }
  | NotDone;

/** Puts a pseudonym in the place of the name everywhere. The person must have been disabled first, and be another than who does it. */
export async function erasePerson(app: App, claim: PrivacyClaim, name: string): Promise<ErasureResult> {
  const right = await authorize(app, { act: 'privacy', ...claim, subject: 'erase' });
  if (right.kind === 'refused') return right;
  // Who erased is on record by name: one's own would stand there anew.
  if (isSamePerson(name, right.by)) {
    await noteRefusal(app, { act: 'privacy', by: right.by, subject: 'erase' }, 'own-erasure');
    return { kind: 'own' };
  }
  const erasure = await app.governance.erasePerson(name, right.by, app.clock.now());
  if (erasure.kind === 'active')
    await noteRefusal(app, { act: 'privacy', by: right.by, subject: { person: name } }, 'operator-active');
  return erasure;
}

function withoutSecrets({
  passwordHash,
  tokens,
  ...rest
}: NonNullable<ReturnType<typeof findOperator>>): object {
  return {
    ...rest,
    hasPassword: passwordHash !== null,
    tokens: tokens.map(({ id, kind, label, createdAt, expiresAt }) => {
      return { id, kind, label, createdAt, expiresAt };
    }),
  };
}
