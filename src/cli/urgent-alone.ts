import { authorize } from '../app/authorize.ts';
import { publishUrgentAlone } from '../app/force-urgent.ts';
import { proposeOnRecord } from '../app/propose-on-record.ts';
import type { Config } from '../config.ts';
import { urgentSentences } from '../messages/cli-urgent.ts';
import { say } from '../messages/sentence.ts';
import type { CommandContext } from './command.ts';
import { readConfig } from './open-app.ts';
import type { Way } from './urgent-way.ts';
import { UsageError } from './usage-error.ts';

/** The way without a worker: the whole program in this process, which takes the account's lease when it publishes. */
export async function aloneWay(context: CommandContext): Promise<Way> {
  const config = await readNeeded(context);
  const app = await context.edges.assemble(config, { store: 'write', publisher: 'x' });
  context.tellStrays((error) =>
    app.log.error({ error }, 'an exception that nothing caught; the program goes on'),
  );
  return {
    propose: (request) => proposeOnRecord(app, request),
    async publish(request) {
      const { by, token } = request;
      const right = await authorize(app, { act: 'submit', by, token, subject: 'urgent' });
      if (right.kind === 'refused') return { kind: 'refused', entryId: null, messages: [right.message] };
      return publishUrgentAlone(app, request, context.signal);
    },
    async close() {
      await app[Symbol.asyncDispose]();
    },
  };
}

/** Reads what a notice needs, and says what that is where it cannot be read: a mistake elsewhere keeps nothing back. */
async function readNeeded(context: CommandContext): Promise<Config> {
  const { template } = context.line.texts;
  const needs =
    template === undefined
      ? { passOver: ['feeds', 'templates'] as const }
      : { passOver: ['feeds'] as const, template };
  try {
    return await readConfig({ ...context, ...needs });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}\n${say(urgentSentences.settingsNeeded, context.lang)}`);
  }
}
