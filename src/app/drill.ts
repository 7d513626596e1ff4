import type { Lang } from '../feed/item.ts';
import type { Proposal } from './force-urgent.ts';
import type { WithdrawProposal } from './withdraw-post.ts';

/** What is practised. Fields that are not given are filled with words of practice. */
export type DrillRequest = {
  requestId: string;
  template: string;
  fields: Readonly<Record<string, string>>;
  lang: Lang;
  by: string;
  /** The words of a personal token, shown to the office whose people practise. */
  token?: string | undefined;
  reason: string;
};

/** The person at the screen: the same questions as in earnest. */
export type DrillPerson = {
  confirmPost(proposal: Proposal): Promise<boolean>;
  confirmWithdrawal(proposal: WithdrawProposal & { kind: 'proposal' }): Promise<boolean>;
  /**
   * Where two must agree: who the other person is, with the password given there and then. `told` is why the last answer was refused.
   * null: nobody is there, and the drill plays that part.
   */
  second?(text: string, told: string | null): Promise<{ name: string; password: string } | null>;
};
