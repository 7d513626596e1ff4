import { authorize } from '../app/authorize.ts';
import { publishUrgentAlone } from '../app/force-urgent.ts';
import { proposeOnRecord } from '../app/propose-on-record.ts';
import type { CommandContext } from './command.ts';
import { readConfig } from './open-app.ts';
import type { Way } from './urgent-way.ts';

/** The way without a worker: the whole program in this process, which takes the account's lease when it publishes. */
export async function aloneWay(context: CommandContext): Promise<Way> {
  const needsTemplates = context.line.texts.template !== undefined;
  const passOver = needsTemplates ? (['feeds'] as const) : (['feeds', 'templates'] as const);
  const config = await readConfig({ ...context, passOver });
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
