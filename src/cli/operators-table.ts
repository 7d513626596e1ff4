import type { Operator } from '../governance/operator.ts';
import { operatorSentences, roleNames } from '../messages/operators.ts';
import { listed, say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { CommandContext } from './command.ts';

/** The operators with their roles and tokens, or as JSON lines; never a hash. */
export function operatorsTable(operators: readonly Operator[], { line, lang }: CommandContext): string {
  if (line.switches.has('json'))
    return operators.map((operator) => JSON.stringify(operatorLine(operator))).join('\n');
  if (operators.length === 0) return say(operatorSentences.none, lang);
  return operators
    .map((operator) => {
      const roles = listed(
        operator.roles.map((role) => say(roleNames[role], lang)),
        lang,
      );
      const state = operator.disabledAt === null ? '' : `  (${say(operatorSentences.isDisabled, lang)})`;
      const tokens = operator.tokens.map(
        ({ id, label, createdAt }) => `\n    ${id}  ${tokyoTime(createdAt, lang)}  ${label}`,
      );
      return `${operator.name}  ${roles}${state}${tokens.join('')}`;
    })
    .join('\n');
}

/** What is known of an operator, without what could open a door. */
function operatorLine(operator: Operator): object {
  const { name, roles, origin, mustChangePassword, createdAt, disabledAt } = operator;
  const tokens = operator.tokens.map(({ id, kind, label, createdAt: madeAt, expiresAt }) => {
    return { id, kind, label, createdAt: madeAt, expiresAt };
  });
  return { name, roles, origin, mustChangePassword, createdAt, disabledAt, tokens };
}
