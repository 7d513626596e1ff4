import { erasePerson, exportPerson } from '../app/privacy.ts';
import { operatorSentences } from '../messages/operators.ts';
import { privacySentences } from '../messages/privacy.ts';
import { say } from '../messages/sentence.ts';
import type { App } from '../app/app.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { credentials } from './credentials.ts';
import { withApp } from './open-app.ts';
import { UsageError } from './usage-error.ts';

/** Answers a person's request for disclosure or erasure. Exit 0 done, 2 nothing is held, 3 refused. */
export const privacy: Command = {
  run(context) {
    const name = context.line.texts.operator;
    if (name === undefined) throw new UsageError(say(operatorSentences.needsOperator, context.lang));
    return withApp(context, { store: 'write', publisher: 'none' }, (app) =>
      context.line.action === 'erase' ? erase(context, app, name) : disclose(context, app, name),
    );
  },
};

async function disclose(context: CommandContext, app: App, name: string): Promise<ExitCode> {
  const { io, lang } = context;
  const data = await exportPerson(app, credentials(context), name);
  if (data === null) {
    io.err(say(privacySentences.nothing, lang, { name }));
    return 2;
  }
  if (data.kind === 'refused') {
    io.err(data.message);
    return 3;
  }
  io.out(JSON.stringify(data, null, 2));
  return 0;
}

async function erase(context: CommandContext, app: App, name: string): Promise<ExitCode> {
  const { io, lang } = context;
  const result = await erasePerson(app, credentials(context), name);
  switch (result.kind) {
    case 'erased':
      io.out(say(privacySentences.erased, lang, { name, id: result.id, count: result.places }));
      return 0;
    case 'unknown':
      io.err(say(privacySentences.nothing, lang, { name }));
      return 2;
    case 'active':
      io.err(say(privacySentences.active, lang, { name }));
      return 3;
    case 'own':
      io.err(say(privacySentences.own, lang, { name }));
      return 3;
    case 'refused':
      io.err(result.message);
      return 3;
  }
}
