import { governanceLimits } from '../limits/storage.ts';
import { actMessages } from '../messages/acts.ts';
import { drillTexts } from '../messages/drill.ts';
import { say } from '../messages/sentence.ts';
import { isSamePerson } from '../outbox/person-name.ts';
import type { App } from './app.ts';
import { checkRole } from './authorize.ts';
import { act } from './operator-actions.ts';
import type { DrillPerson, DrillRequest } from './drill.ts';
import { signInAfresh, type NotDone } from './sign-in.ts';

/** The drill's own program, the office over its real records, and who sits at the screen; `signal`: they break it off. */
export type Scene = { app: App; office: App; person: DrillPerson; signal: AbortSignal };

/** Two persons, as in earnest: somebody else looks at it and says yes. Returns why that was refused, or null. */
export async function secondPerson(scene: Scene, id: string, request: DrillRequest): Promise<string | null> {
  const { app, office } = scene;
  const other = await whoElse(scene, id, request);
  if (other.kind === 'refused') return other.message;
  const { by } = other;
  const given = await act(app, { kind: 'approve', id, by, reason: request.reason });
  if (given.kind !== 'done') return given.kind === 'refused' ? given.message : id;
  if (other.isReal) await noteDrill(office, by, request, { act: 'drill.approved', after: {} });
  return null;
}

/** The other person, signed in with the office; the drill itself where it has no other people, or none is at the terminal. */
async function whoElse(
  { app, office, person, signal }: Scene,
  id: string,
  request: DrillRequest,
): Promise<{ kind: 'named'; by: string; isReal: boolean } | NotDone> {
  const standIn = { kind: 'named', by: say(drillTexts.second, request.lang, {}), isReal: false } as const;
  if (person.second === undefined) return standIn;
  const text = (await app.store.find(id))?.text ?? '';
  let told: string | null = null;
  for (let tries = 0; tries < governanceLimits.signIn.freeTries; tries += 1) {
    const other = await person.second(text, told);
    // Whoever breaks off leaves nobody's yes behind, not even that of the drill.
    if (signal.aborted) return { kind: 'refused', message: '' };
    if (other === null) return standIn;
    const right = await rightOf(office, other);
    const isOther = !isSamePerson(other.name, request.by);
    if (right.kind === 'allowed' && isOther) return { kind: 'named', by: right.by, isReal: true };
    told =
      right.kind === 'refused'
        ? right.message
        : say(actMessages['approved-already'], office.config.operatorLang, { id, by: right.by });
  }
  return { kind: 'refused', message: told ?? '' };
}

async function rightOf(
  office: App,
  other: { name: string; password: string },
): Promise<{ kind: 'allowed'; by: string } | NotDone> {
  const wrong = await signInAfresh(office, other);
  return wrong ?? checkRole(office, { act: 'approve', by: other.name, subject: 'drill' });
}

/** Puts what somebody did in a drill on the office's own record. */
export async function noteDrill(
  office: App,
  actor: string,
  { template, reason }: DrillRequest,
  what: { act: string; after: Record<string, string | number> },
): Promise<void> {
  await office.governance.note({
    at: office.clock.now(),
    scope: office.scope,
    actor,
    subject: template,
    reason,
    before: null,
    policyVersion: office.config.policy.version,
    ...what,
  });
}
