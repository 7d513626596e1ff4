import { explainTitle } from '../app/explain-title.ts';
import { cliSentences } from '../messages/cli.ts';
import { urgentSentences } from '../messages/cli-urgent.ts';
import { say } from '../messages/sentence.ts';
import type { Command } from './command.ts';
import { readConfig } from './open-app.ts';
import { UsageError } from './usage-error.ts';

/** Says how a title would be classed, and why. Touches neither X nor the store. */
export const explain: Command = {
  async run(context) {
    const { line, lang, io } = context;
    const asked = line.texts.lang ?? null;
    if (asked !== null && asked !== 'ja' && asked !== 'en')
      throw new UsageError(say(urgentSentences.langWrong, lang, { value: asked }));
    const title = line.file.trim();
    if (title === '') throw new UsageError(say(cliSentences.titleMissing, lang));
    const { rules } = await readConfig(context);
    const found = explainTitle(rules, { title, url: line.texts.url ?? null, lang: asked }, lang);
    io.out(line.switches.has('json') ? JSON.stringify(found) : found.sentence);
    return 0;
  },
};
