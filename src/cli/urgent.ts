import type { UrgentRequest, UrgentResult } from '../app/force-urgent.ts';
import { urgentSentences } from '../messages/cli-urgent.ts';
import { operatorSentences } from '../messages/operators.ts';
import { say } from '../messages/sentence.ts';
import { modeNames } from '../messages/states.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { credentials } from './credentials.ts';
import { readFields } from './urgent-fields.ts';
import { UsageError } from './usage-error.ts';
import { dataFolder } from './operator-settings.ts';
import { proposalText, resultText } from './urgent-screen.ts';
import { openWay, type Way } from './urgent-way.ts';

/**
 * Forces an urgent notice: shows it, asks, and waits for X's answer. A running worker does the work and has everything loaded;
 * without one the same happens here. This file and what it imports stay small, because its start-up is the time to the wire.
 */
export const urgent: Command = {
  async run(context) {
    const request = readRequest(context);
    const way = await openWay(context, await dataFolder(context));
    try {
      return await proposeAndPublish(context, way, request);
    } finally {
      await way.close();
    }
  },
};

async function proposeAndPublish(
  context: CommandContext,
  way: Way,
  request: UrgentRequest,
): Promise<ExitCode> {
  const { io, lang } = context;
  const proposal = await way.propose(request);
  if (proposal.kind === 'mistake') throw new UsageError(proposal.message);
  io.err(proposalText(proposal, lang));
  if (proposal.verdict === 'deny') return 3;
  const { text, account, mode } = proposal;
  if (!context.line.switches.has('yes')) {
    const question = { account, mode: say(modeNames[mode], lang) };
    const answer = await io.ask(say(urgentSentences.question, lang, question), context.signal);
    if (answer === null) throw new UsageError(say(urgentSentences.noAnswer, lang));
    if (!/^\s*(y|yes|はい)\s*$/iu.test(answer)) {
      io.err(say(urgentSentences.notConfirmed, lang));
      return 3;
    }
  }
  const password = request.breakGlass === true ? await passwordOnceMore(context) : null;
  const result = await way.publish({
    ...request,
    ...(password === null ? {} : { password }),
    confirmed: { text, account, mode },
  });
  if (context.line.switches.has('json')) io.out(JSON.stringify(result));
  else if (result.kind === 'published') io.out(resultText(result, lang));
  if (result.kind !== 'published') io.err(resultText(result, lang));
  return exitCodeOf(result);
}

/** null without a terminal or with --yes: a password that a script brings shows nobody. What follows is refused, and on the record. */
async function passwordOnceMore({ io, lang, line, signal }: CommandContext): Promise<string | null> {
  if (line.switches.has('yes') || !io.isTerminal()) return null;
  return io.ask(say(operatorSentences.askPassword, lang), signal, 'secret');
}

function exitCodeOf(result: UrgentResult): ExitCode {
  switch (result.kind) {
    case 'published':
      return 0;
    case 'mistake':
      return 2;
    case 'held':
    case 'refused':
    case 'waiting':
      return 3;
    case 'refused-by-x':
      return 4;
    case 'unknown':
      return 5;
  }
}

function readRequest(context: CommandContext): UrgentRequest {
  const { line, lang } = context;
  const { text, template, url } = line.texts;
  if ((text === undefined) === (template === undefined))
    throw new UsageError(say(urgentSentences.textOrTemplate, lang));
  if (line.lists.set !== undefined && template === undefined)
    throw new UsageError(say(urgentSentences.setWithoutTemplate, lang));
  return {
    requestId: context.edges.newRequestId(),
    ...(text === undefined ? {} : { text }),
    ...(template === undefined ? {} : { template }),
    ...(url === undefined ? {} : { url }),
    fields: readFields(context),
    lang: readLang(context, text),
    ...credentials(context),
    reason: line.texts.reason ?? '',
    overridePause: line.switches.has('override-pause'),
    ...(line.switches.has('break-glass') ? { breakGlass: true as const } : {}),
  };
}

/** `--lang`, else the language of the text that was typed; a template is Japanese unless it is said otherwise. */
function readLang({ line, lang }: CommandContext, text: string | undefined): 'ja' | 'en' {
  const asked = line.texts.lang;
  if (asked === 'ja' || asked === 'en') return asked;
  if (asked !== undefined) throw new UsageError(say(urgentSentences.langWrong, lang, { value: asked }));
  return text === undefined || /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text)
    ? 'ja'
    : 'en';
}
