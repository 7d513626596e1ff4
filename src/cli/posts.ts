import { postLine } from '../app/post-line.ts';
import { storeLimits } from '../limits/storage.ts';
import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import { STATES } from '../outbox/entry.ts';
import type { Command } from './command.ts';
import { oneOf, withApp } from './open-app.ts';
import { postsTable } from './posts-table.ts';

/** The outbox, newest first: all modes and accounts. */
export const posts: Command = {
  run: (context) => {
    const { state } = context.line.texts;
    const states = state === undefined ? undefined : [oneOf(context, 'state', state, STATES)];
    return withApp(context, { store: 'read', publisher: 'none' }, async (app) => {
      const entries = await app.store.list({
        ...(states === undefined ? {} : { states }),
        newestFirst: true,
      });
      if (context.line.switches.has('json')) {
        for (const entry of entries) context.io.out(JSON.stringify(postLine(entry, app.config.operatorLang)));
      } else {
        context.io.out(postsTable(entries, context.lang));
      }
      if (entries.length >= storeLimits.listMax) {
        context.io.err(say(cliSentences.postsCut, context.lang, { count: entries.length }));
      }
      return 0;
    });
  },
};
