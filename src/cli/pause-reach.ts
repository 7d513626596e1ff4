import type { Reach } from '../app/pauses.ts';
import type { Topic } from '../classify/classification.ts';
import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import type { CommandContext } from './command.ts';
import { oneOf } from './open-app.ts';
import { UsageError } from './usage-error.ts';

const TOPICS: readonly Topic[] = ['main', 'urgent'];

/** What `--topic` and `--feed` of a pause name; without both, everything. */
export function reachOf(context: CommandContext): Reach {
  const { topic, feed } = context.line.texts;
  if (topic !== undefined && feed !== undefined)
    throw new UsageError(say(cliSentences.flagsTogether, context.lang, { one: 'topic', other: 'feed' }));
  return {
    topic: topic === undefined ? null : oneOf(context, 'topic', topic, TOPICS),
    feed: feed ?? null,
  };
}

/** The context without `--feed`, which names a feed here and is no feed to be read instead of the configured ones. */
export function withoutFeed(context: CommandContext): CommandContext {
  const { feed: _, ...texts } = context.line.texts;
  return { ...context, line: { ...context.line, texts } };
}
