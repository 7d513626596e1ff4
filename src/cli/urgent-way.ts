import type { Mistake, Proposal, UrgentRequest, UrgentResult } from '../app/force-urgent.ts';
import type { LinkAnswer, WorkerLink } from '../app/worker-link.ts';
import { edgeLimits } from '../limits/edges.ts';
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
  return link === null ? openAlone(context) : throughWorker(context, dataDir, link);
}

function throughWorker(context: CommandContext, dataDir: string, link: WorkerLink): Way {
  // Set where the worker ended before it had the notice: then nothing is in doubt, and this process does it all.
  let instead: Way | null = null;
  return {
    async propose(request) {
      const answer = await link.ask({ kind: 'propose-urgent', request }, edgeLimits.linkAskMs);
      if (answer.kind === 'reply' && answer.reply.kind === 'proposal') return answer.reply.proposal;
      if (answer.kind === 'reply' || answer.cause === 'silent') throw new Error(wordsOf(answer));
      instead = await openAlone(context);
      return instead.propose(request);
    },
    async publish(request) {
      if (instead !== null) return instead.publish(request);
      const answer = await link.ask({ kind: 'publish-urgent', request }, edgeLimits.urgentWaitMs);
      if (answer.kind === 'reply' && answer.reply.kind === 'result') return answer.reply.result;
      if (answer.kind === 'reply' || answer.cause === 'silent') return unknown(wordsOf(answer));
      return askAgain(context, dataDir, request, answer.detail);
    },
    async close() {
      link.close();
      await instead?.close();
    },
  };
}

/**
 * The worker died while it had the notice. Its next incarnation, or this process, is given the same request: what was recorded under
 * its id is taken up where it stands, and never made a second time. Whatever goes wrong now is doubt, because it may be out already.
 */
async function askAgain(
  context: CommandContext,
  dataDir: string,
  request: UrgentRequest,
  detail: string,
): Promise<UrgentResult> {
  try {
    for (let tries = 0; tries < edgeLimits.linkTries; tries += 1) {
      const link = await context.edges.connectWorker(dataDir);
      if (link === null) break;
      const answer = await link.ask({ kind: 'publish-urgent', request }, edgeLimits.urgentWaitMs);
      link.close();
      if (answer.kind === 'reply' && answer.reply.kind === 'result') return stillKnown(answer.reply.result);
      if (answer.kind === 'reply' || answer.cause === 'silent') return unknown(wordsOf(answer));
      // A process that is being killed takes calls for a moment after its connections were cut.
      await new Promise((done) => setTimeout(done, edgeLimits.linkPauseMs));
    }
    const alone = await openAlone(context);
    try {
      return stillKnown(await alone.publish(request));
    } finally {
      await alone.close();
    }
  } catch (error) {
    return unknown(error instanceof Error ? `${detail}; ${error.message}` : detail);
  }
}

/** Who asks a second time may be told of a mistake though the first worker recorded and sent it. */
function stillKnown(result: UrgentResult): UrgentResult {
  return result.kind === 'mistake' ? unknown(result.message) : result;
}

/** Never "not posted": the worker may have recorded and sent it before it fell silent. */
function unknown(message: string): UrgentResult {
  return { kind: 'unknown', entryId: '', message };
}

async function openAlone(context: CommandContext): Promise<Way> {
  const { aloneWay } = await import('./urgent-alone.ts');
  return aloneWay(context);
}

function wordsOf(answer: LinkAnswer): string {
  if (answer.kind === 'lost') return answer.detail;
  return answer.reply.kind === 'failed' ? answer.reply.message : `unexpected answer: ${answer.reply.kind}`;
}
