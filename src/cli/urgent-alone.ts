import { authorize } from '../app/authorize.ts';
import { proposeUrgent, publishUrgentAlone } from '../app/force-urgent.ts';
import type { CommandContext } from './command.ts';
import { readConfig } from './open-app.ts';
import type { Way } from './urgent-way.ts';

/** The way without a worker: the whole program in this process, which takes the account's lease when it publishes. */
export async function aloneWay(context: CommandContext): Promise<Way> {
  const app = await context.edges.assemble(await readConfig(context), { store: 'write', publisher: 'x' });
  context.tellStrays((error) =>
    app.log.error({ error }, 'an exception that nothing caught; the program goes on'),
  );
  return {
    propose: (request) => proposeUrgent(app, request),
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
