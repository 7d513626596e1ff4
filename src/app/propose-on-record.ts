import { governanceLimits } from '../limits/storage.ts';
import type { App } from './app.ts';
import { noteRefusal } from './authorize.ts';
import { proposeUrgent, type Mistake, type Proposal, type UrgentRequest } from './force-urgent.ts';

/** A proposal for somebody who means to post it: one that cannot become a notice, or that policy denies, ends here and goes on the record. */
export async function proposeOnRecord(app: App, request: UrgentRequest): Promise<Proposal | Mistake> {
  const proposal = await proposeUrgent(app, request);
  if (proposal.kind === 'mistake') await noteRefusedProposal(app, request, [proposal.message]);
  else if (proposal.verdict === 'deny') await noteRefusedProposal(app, request, proposal.messages);
  return proposal;
}

/** Records why a notice was not even taken, in the words that its person was given. */
export async function noteRefusedProposal(
  app: App,
  { by }: Pick<UrgentRequest, 'by'>,
  messages: readonly string[],
): Promise<void> {
  const why = messages.join(' ').slice(0, governanceLimits.refusalMax);
  await noteRefusal(app, { act: 'submit', by, subject: 'urgent' }, { words: why });
}
