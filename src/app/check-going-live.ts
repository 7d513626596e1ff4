import type { Config } from '../config.ts';
import { isGoverned, type Operator } from '../governance/operator.ts';
import { mayDo } from '../governance/permissions.ts';
import { goingLiveMessages } from '../messages/going-live.ts';
import { say } from '../messages/sentence.ts';

type Code = keyof typeof goingLiveMessages;
/** A finding of the doctor. */
type Seen = { check: 'going-live'; ok: 'ok' | 'warning'; message: string };

/** Those points of docs/going-live.md that a program can see in its own settings and people; only a live account is asked for them. */
export function checkGoingLive(config: Config, operators: readonly Operator[]): readonly Seen[] {
  if (config.mode !== 'live') return [];
  const wrong = [...pointsOf(config), ...peopleOf(config, operators)];
  const lang = config.operatorLang;
  if (wrong.length === 0)
    return [{ check: 'going-live', ok: 'ok', message: say(goingLiveMessages['all-seen'], lang) }];
  return wrong.map(([code, found]) => ({
    check: 'going-live',
    ok: 'warning',
    message: say(goingLiveMessages[code], lang, { found }),
  }));
}

/** Who could force, approve and withdraw, now that it counts. */
function* peopleOf({ policy }: Config, operators: readonly Operator[]): Generator<[Code, string]> {
  if (!isGoverned(operators)) {
    yield ['nobody-registered', ''];
    return;
  }
  const approvers = operators.filter(
    ({ disabledAt, roles }) => disabledAt === null && mayDo(roles, 'approve'),
  );
  if (approvers.length >= 2) return;
  const names = approvers.map(({ name }) => name).join(', ');
  const { feedMain, feedUrgent, forced } = policy.approval;
  const needsTwo = [feedMain, feedUrgent, forced].includes('two');
  if (approvers.length === 0) yield ['nobody-approves', ''];
  else yield [needsTwo ? 'one-approves-of-two' : 'one-approves', names];
}

function* pointsOf({ policy, feeds, databaseUrl, dataDir, notify }: Config): Generator<[Code, string]> {
  const foreign = policy.allowedHosts.filter((host) => !/(?:^|\.)go\.jp$/u.test(host));
  if (foreign.length > 0) yield ['hosts-not-official', foreign.join(', ')];
  if (policy.version === 'default') yield ['policy-unnamed', policy.version];
  if (policy.published === null) yield ['policy-unpublished', ''];
  if (notify.webhook === null) yield ['alarms-unheard', ''];
  if (notify.auditHead === null) yield ['head-unanchored', ''];
  if (policy.approval.forced === 'auto') yield ['forced-unconfirmed', policy.approval.forced];
  if (policy.approval.forced === 'one') yield ['forced-by-one', policy.approval.forced];
  if (policy.dailyBudget.reservedForUrgent === 0) yield ['no-reserve', '0'];
  if (policy.budget.monthly === null) yield ['no-ceiling', ''];
  const plain = feeds.filter(
    ({ enabled, location }) => enabled && location.kind === 'url' && location.url.startsWith('http:'),
  );
  for (const { name } of plain) yield ['feed-unencrypted', name];
  if (databaseUrl === null && /^\/(?:tmp|var\/tmp|dev\/shm)(?:\/|$)/u.test(dataDir))
    yield ['data-fleeting', dataDir];
}
