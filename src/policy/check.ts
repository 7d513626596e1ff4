import type { Draft, DraftSource } from '../compose/draft.ts';
import type { FloodKind } from '../feed/flood.ts';
import type { EpochMs } from '../feed/item.ts';
import type { Charged } from './cost.ts';
import type { PolicyConfig } from './policy-config.ts';
import type { PolicyRule, Reason } from './verdict.ts';

/** What policy looks at: the same of a fresh draft and of a recorded entry, so that both can be judged. */
export type JudgedDraft = Pick<Draft, 'topic' | 'lang' | 'text' | 'weight' | 'weightMax' | 'url'> & {
  source: Pick<DraftSource, 'title' | 'publishedAt' | 'problems'> | null;
};

/** What else a judgement depends on, gathered by the caller from the store; policy itself reads nothing. */
export type PolicyContext = {
  now: EpochMs;
  config: PolicyConfig;
  /** How the item was classed; null where a person typed the post. */
  classification: 'announce' | 'review' | null;
  /** Typed by a person: broken text is sent back to its author instead of being shown to an approver. */
  forced: boolean;
  /** Practice: the text must say so. */
  drill?: boolean;
  /** Valid approvals of exactly these bytes; the submitter's own confirmation of a forced notice counts. */
  approvalsGiven: number;
  /** Reasons to hold that an approver saw and said yes to. */
  covered: readonly PolicyRule[];
  /** Id of an entry with the same words inside the window, or null. */
  duplicateOf: string | null;
  /** Id of a notice typed by a person that leads to the page which a feed announces; null or not given: there is none. */
  toldByHand?: string | null;
  /** Posts that were or may have been sent since midnight, Asia/Tokyo. */
  sentToday: { main: number; urgent: number };
  /** The same since the first of the month, with what was deleted; only asked for where a month has a ceiling. */
  sentThisMonth?: Charged;
  /** The item came in a flood; of which kind, where that is still known. */
  burst: boolean | FloodKind;
  /**
   * An update, a further report or the end of what this account never posted (it was there before, ignored, or cancelled by a person), and
   * one that must not go out without: a main one, or an end.
   */
  neverPosted?: boolean;
  /** Of a correction: what it repeats of the post that was wrong, '' where it repeats nothing. It may hold the very mistake. */
  quotes?: string;
};

/**
 * `deny`: no approval makes it right. `hold`: a person may say yes. `wait`: right, but not before `until`.
 * `params` fill the rule's sentence in the catalogue.
 */
export type CheckResult =
  | { kind: 'pass' }
  | { kind: 'wait'; until: EpochMs; params: Reason['params'] }
  | { kind: 'hold'; params: Reason['params'] }
  | { kind: 'deny'; params: Reason['params'] };

/** One rule of the policy. Pure and total: the same draft and context always give the same result. */
export type Check = (draft: JudgedDraft, context: PolicyContext) => CheckResult;

/** The usual result, shared so that checks read as sentences. */
export const PASS: CheckResult = { kind: 'pass' };

/** Who can do something about the words: their author at the keyboard, or a person who compares an item with its page. */
export function sourceOf(context: PolicyContext): 'person' | 'feed' {
  return context.forced ? 'person' : 'feed';
}
