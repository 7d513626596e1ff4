import type { Topic } from '../classify/classification.ts';
import { PASS, type Check } from './check.ts';
import type { ApprovalMode, PolicyConfig } from './policy-config.ts';

const PEOPLE: Readonly<Record<ApprovalMode, number>> = { auto: 0, one: 1, two: 2 };

/** How many people must say yes to such a post by the published policy. */
export function approvalsNeeded(topic: Topic, forced: boolean, config: PolicyConfig): number {
  if (forced) return PEOPLE[config.approval.forced];
  return PEOPLE[topic === 'urgent' ? config.approval.feedUrgent : config.approval.feedMain];
}

/** Every post is preceded by a rule that the head approved, or by the recorded yes of named people. */
export const checkApproval: Check = (draft, context) => {
  const needed = approvalsNeeded(draft.topic, context.forced, context.config);
  if (context.approvalsGiven >= needed) return PASS;
  return { kind: 'hold', params: { given: context.approvalsGiven, needed } };
};
