import { readBody } from '../governance/verify-chain.ts';
import type { GovernanceStore } from '../governance/governance-store.ts';
import { canonicalJson } from '../governance/canonical-json.ts';
import { governanceLimits } from '../limits/storage.ts';
import type { Mistake } from '../messages/mistake.ts';
import { PROGRAM } from '../outbox/person-name.ts';

const ACT = 'settings.refused';

/**
 * Puts on the record that the settings were refused: which command did not start, and each mistake with its place. A supervisor starts a
 * program again and again: the same refusal is recorded once, until something else happened. Returns whether it was recorded now.
 */
export async function noteRefusedSettings(
  governance: GovernanceStore,
  { command, mistakes }: { command: string; mistakes: readonly Mistake[] },
  now: number,
): Promise<boolean> {
  const after = mistakes
    .slice(0, governanceLimits.refusedMistakesMax)
    .map(({ file, line, key, code }) => ({ file, line, key, code }));
  const head = await governance.auditHead();
  const [newest] = head === null ? [] : await governance.auditRecords(head.seq - 1, 1);
  const last = newest === undefined ? null : readBody(newest.body);
  const isRepeated =
    last?.act === ACT && last.subject === command && canonicalJson(last.after) === canonicalJson(after);
  if (isRepeated) return false;
  await governance.note({
    at: now,
    scope: null,
    actor: PROGRAM,
    act: ACT,
    subject: command,
    reason: [...new Set(after.map(({ code }) => code))].join(', '),
    before: null,
    after,
    policyVersion: null,
  });
  return true;
}
