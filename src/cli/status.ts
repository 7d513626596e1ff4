import { readStatus } from '../app/read-status.ts';
import type { Command } from './command.ts';
import { withApp } from './open-app.ts';
import { statusText } from './status-text.ts';

/** How things stand, from the store alone: it answers whether or not a worker runs. */
export const status: Command = {
  run: (context) =>
    withApp(context, { store: 'read', publisher: 'none' }, async (app) => {
      const found = await readStatus(app);
      context.io.out(
        context.line.switches.has('json') ? JSON.stringify(found) : statusText(found, context.lang),
      );
      return 0;
    }),
};
