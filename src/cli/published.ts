import { postLine } from '../app/post-line.ts';
import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import type { Entry } from '../outbox/entry.ts';
import type { CommandContext } from './command.ts';

/** Says on stdout that a post is out. */
export function sayPublished({ io, lang, line }: CommandContext, entry: Entry): void {
  if (line.switches.has('json')) io.out(JSON.stringify(postLine(entry, lang)));
  else {
    const url = `https://x.com/${entry.account}/status/${entry.remoteId ?? ''}`;
    io.out(say(cliSentences.published, lang, { text: entry.text.replaceAll('\n', ' '), url }));
  }
}
