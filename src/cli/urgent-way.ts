import type { Mistake, Proposal, UrgentRequest, UrgentResult } from '../app/force-urgent.ts';
import type { LinkAnswer, WorkerLink } from '../app/worker-link.ts';
import { edgeLimits } from '../limits.ts';
import type { CommandContext } from './command.ts';

/** How an urgent notice travels: through the running worker, or with everything done in this process. */
export type Way = {
  propose(request: UrgentRequest): Promise<Proposal | Mistake>;
  publish(request: UrgentRequest): Promise<UrgentResult>;
  close(): Promise<void>;
};

/** Through the worker where one runs; else alone. */
export async function openWay(context: CommandContext, dataDir: string): Promise<Way> {
  const link = await context.edges.connectWorker(dataDir);
  if (link === null) return openAlone(context);
  return throughWorker(link);
}

function throughWorker(link: WorkerLink): Way {
  return {
    async propose(request) {
      const answer = await link.ask({ kind: 'propose-urgent', request }, edgeLimits.linkAskMs);
      if (answer.kind === 'reply' && answer.reply.kind === 'proposal') return answer.reply.proposal;
      throw new Error(wordsOf(answer));
    },
    async publish(request) {
      const answer = await link.ask({ kind: 'publish-urgent', request }, edgeLimits.urgentWaitMs);
      if (answer.kind === 'reply' && answer.reply.kind === 'result') return answer.reply.result;
      // The worker may have recorded and sent it before it fell silent: this is doubt, never "not posted".
      return { kind: 'unknown', entryId: '', message: wordsOf(answer) };
    },
    close: async () => link.close(),
  };
}

async function openAlone(context: CommandContext): Promise<Way> {
  const { aloneWay } = await import('./urgent-alone.ts');
  return aloneWay(context);
}

function wordsOf(answer: LinkAnswer): string {
  if (answer.kind === 'lost') return answer.detail;
  return answer.reply.kind === 'failed' ? answer.reply.message : `unexpected answer: ${answer.reply.kind}`;
}
