import { postLine } from '../app/post-line.ts';
import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import type { App } from '../app/app.ts';
import type { Entry } from '../outbox/entry.ts';
import { postAddress } from '../publish/post-address.ts';
import type { CommandContext } from './command.ts';

/** Says on stdout that a post is out. */
export function sayPublished({ io, lang, line }: CommandContext, app: App, entry: Entry): void {
  if (line.switches.has('json')) io.out(JSON.stringify(postLine(entry, lang)));
  else {
    const url = postAddress(entry, app.config.x.apiUrl);
    io.out(say(cliSentences.published, lang, { text: entry.text.replaceAll('\n', ' '), url }));
  }
}
