import { checkApproval } from './check-approval.ts';
import { checkBurst } from './check-burst.ts';
import { checkCashtag } from './check-cashtag.ts';
import { checkDailyBudget } from './check-daily-budget.ts';
import { checkDatePast } from './check-date-past.ts';
import { checkDateWeekday } from './check-date-weekday.ts';
import { checkDrillWord } from './check-drill-word.ts';
import { checkDuplicateText } from './check-duplicate-text.ts';
import { checkFutureDated } from './check-future-dated.ts';
import { checkHalfWidthKana } from './check-half-width-kana.ts';
import { checkItemProblem } from './check-item-problem.ts';
import { checkLinkHost } from './check-link-host.ts';
import { checkLinkMissing } from './check-link-missing.ts';
import { checkLinkShortener } from './check-link-shortener.ts';
import { checkMention } from './check-mention.ts';
import { checkMonthlyCost } from './check-monthly-cost.ts';
import { checkNeedsReview } from './check-needs-review.ts';
import { checkNeverPosted } from './check-never-posted.ts';
import { checkPlaceholder } from './check-placeholder.ts';
import { checkQuietHours } from './check-quiet-hours.ts';
import { checkReplacementCharacter } from './check-replacement-character.ts';
import { checkStale } from './check-stale.ts';
import { checkUnsafeCharacter } from './check-unsafe-character.ts';
import { checkWeight } from './check-weight.ts';
import type { Check, CheckResult, JudgedDraft, PolicyContext } from './check.ts';
import { POLICY_RULES, type PolicyRule, type Reason, type Verdict } from './verdict.ts';

export type { JudgedDraft, PolicyContext } from './check.ts';

const CHECKS: Readonly<Record<PolicyRule, Check>> = {
  'item-problem': checkItemProblem,
  'needs-review': checkNeedsReview,
  'baseline-burst': checkBurst,
  'never-posted': checkNeverPosted,
  'replacement-character': checkReplacementCharacter,
  'unsafe-character': checkUnsafeCharacter,
  'unfilled-placeholder': checkPlaceholder,
  'drill-word': checkDrillWord,
  'date-weekday': checkDateWeekday,
  'date-past': checkDatePast,
  'half-width-kana': checkHalfWidthKana,
  mention: checkMention,
  cashtag: checkCashtag,
  'link-missing': checkLinkMissing,
  'link-host': checkLinkHost,
  'link-shortener': checkLinkShortener,
  weight: checkWeight,
  'duplicate-text': checkDuplicateText,
  stale: checkStale,
  'future-dated': checkFutureDated,
  approval: checkApproval,
  'quiet-hours': checkQuietHours,
  'daily-budget': checkDailyBudget,
  'monthly-cost': checkMonthlyCost,
};

/** One check's answer. `covered`: it would hold the post, but an approver saw that and said yes. */
export type Judgement = { rule: PolicyRule; result: CheckResult; covered: boolean };

/** Every check's answer in the order of POLICY_RULES, passed ones included, for people who want to see them all. */
export function judgeEach(draft: JudgedDraft, context: PolicyContext): readonly Judgement[] {
  return POLICY_RULES.map((rule) => {
    const result = CHECKS[rule](draft, context);
    // Approvals are counted by their own check: no approver can cover the absence of another one.
    const covered = result.kind === 'hold' && rule !== 'approval' && context.covered.includes(rule);
    return { rule, result, covered };
  });
}

/**
 * May this post go out, and when? The gravest answer decides, and only its reasons are given: a denied post is not
 * also "held", and one that waits for a person is not also waiting for the morning.
 */
export function judge(draft: JudgedDraft, context: PolicyContext): Verdict {
  const denied: Reason[] = [];
  const held: Reason[] = [];
  const waits: Reason[] = [];
  let notBefore: number | null = null;
  for (const { rule, result, covered } of judgeEach(draft, context)) {
    switch (result.kind) {
      case 'pass':
        break;
      case 'deny':
        denied.push({ rule, params: result.params });
        break;
      case 'hold':
        if (!covered) held.push({ rule, params: result.params });
        break;
      case 'wait':
        waits.push({ rule, params: result.params });
        notBefore = Math.max(notBefore ?? result.until, result.until);
        break;
    }
  }
  if (denied.length > 0) return { kind: 'deny', reasons: denied };
  if (held.length > 0) return { kind: 'hold', reasons: held };
  return { kind: 'allow', notBefore, reasons: waits };
}
