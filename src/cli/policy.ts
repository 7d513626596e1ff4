import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cliSentences } from '../messages/cli.ts';
import { policyTextSentences } from '../messages/policy-text.ts';
import { say } from '../messages/sentence.ts';
import type { Command } from './command.ts';
import { oneOf, readConfig } from './open-app.ts';
import { policyPage, policyText } from './policy-html.ts';

/** The institution's own words of its policy, for the public. Exit 2 where the settings hold none. */
export const policy: Command = {
  async run(context) {
    const { io, cwd, lang, line } = context;
    const config = await readConfig(context);
    const { published, version } = config.policy;
    if (published === null) {
      io.err(say(policyTextSentences.none, lang));
      return 2;
    }
    const frame = { version, account: config.channel.handle };
    const { html, lang: asked } = line.texts;
    if (html === undefined) {
      const chosen = asked === undefined ? lang : oneOf(context, 'lang', asked, ['ja', 'en']);
      io.out(policyText(published, frame, chosen));
      return 0;
    }
    const path = resolve(cwd, html);
    writeFileSync(path, policyPage(published, frame));
    io.out(say(cliSentences.htmlWritten, lang, { path }));
    return 0;
  },
};
