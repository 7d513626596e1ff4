import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { previewFeeds, previewHeading, type PreviewResult } from '../app/preview.ts';
import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { withApp } from './open-app.ts';
import { previewText } from './preview-text.ts';

/** What would be posted now, and why. Exit 0 once a feed was read, else 1. */
export const preview: Command = {
  run: (context) =>
    withApp(context, { store: 'read', publisher: 'none' }, async (app) => {
      const result = await previewFeeds(app, context.signal);
      const path = context.line.texts.html;
      if (path !== undefined) {
        const { previewPage } = await import('../console/preview-html.ts');
        const page = await previewPage(result, await previewHeading(app), context.lang);
        writeFileSync(resolve(context.cwd, path), page);
        context.io.err(say(cliSentences.htmlWritten, context.lang, { path }));
      }
      return showPreview(context, result);
    }),
};

/** Prints a preview as lines of JSON or for people; problems of feeds always go to stderr. */
export function showPreview(context: CommandContext, result: PreviewResult): ExitCode {
  const { io, lang, line } = context;
  for (const problem of result.problems) io.err(say(cliSentences.feedProblem, lang, problem));
  if (line.switches.has('json')) {
    for (const each of result.lines) io.out(JSON.stringify(each));
  } else if (line.texts.html === undefined) {
    io.out(previewText(result, lang));
  }
  return result.feedsRead > 0 ? 0 : 1;
}
