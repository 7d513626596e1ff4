import { urgentSentences } from '../messages/cli-urgent.ts';
import { say } from '../messages/sentence.ts';
import type { CommandContext } from './command.ts';
import { UsageError } from './usage-error.ts';

/** The values of `--set NAME=VALUE`; throws UsageError where one is not of that form or is given twice. */
export function readFields({ line, lang }: CommandContext): Record<string, string> {
  const pairs = (line.lists.set ?? []).map((value): [string, string] => {
    const at = value.indexOf('=');
    if (at < 1) throw new UsageError(say(urgentSentences.setWrong, lang, { value }));
    return [value.slice(0, at), value.slice(at + 1)];
  });
  const twice = pairs.find(([name], index) => pairs.findIndex(([other]) => other === name) !== index);
  if (twice !== undefined) throw new UsageError(say(urgentSentences.setTwice, lang, { name: twice[0] }));
  return Object.fromEntries(pairs);
}
