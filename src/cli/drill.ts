import {
  pastDrills,
  runDrill,
  type DrillPerson,
  type DrillReport,
  type DrillResult,
} from '../app/run-drill.ts';
import type { Lang } from '../feed/item.ts';
import { isGoverned } from '../governance/operator.ts';
import { urgentSentences } from '../messages/cli-urgent.ts';
import { withdrawSentences } from '../messages/cli-withdraw.ts';
import { drillSentences } from '../messages/drill.ts';
import { operatorSentences } from '../messages/operators.ts';
import { say, type Sentence } from '../messages/sentence.ts';
import { modeNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { Command, CommandContext, ExitCode, OpenedApp } from './command.ts';
import { credentials } from './credentials.ts';
import { readConfig, withConfig } from './open-app.ts';
import { proposalText } from './urgent-screen.ts';
import { readFields } from './urgent-fields.ts';
import { UsageError } from './usage-error.ts';
import { withdrawalText } from './withdraw-screen.ts';

const DEFAULT_TEMPLATE = 'earthquake';

/** Practises an urgent notice and its correction on a sandbox of its own, with the screens of the real thing. Exit 3 where it was refused or ended early. */
export const drill: Command = {
  async run(context) {
    const { line, lang, io } = context;
    const request = {
      requestId: context.edges.newRequestId(),
      template: line.texts.template ?? DEFAULT_TEMPLATE,
      fields: readFields(context),
      lang: langOf(context),
      ...credentials(context),
      reason: line.texts.reason ?? 'drill',
    };
    const config = await readConfig(context);
    // The people and the log are those of the office; what is practised has a store of its own.
    return withConfig(context, config, { store: 'write', publisher: 'none' }, (office) =>
      withConfig(context, config, { store: 'write', publisher: 'x', drill: true }, async (app) => {
        const { account } = app.scope;
        io.err(say(drillSentences.about, lang, { account }));
        const [before] = await pastDrills(app, office);
        const hasPeople = isGoverned(await office.governance.operators());
        const person = personAt(context, app, hasPeople);
        const result = await runDrill(app, office, request, person, context.signal);
        return tellEnd(context, result, before);
      }),
    );
  },
};

function personAt(context: CommandContext, app: OpenedApp, hasPeople: boolean): DrillPerson {
  const { lang, io } = context;
  const { account, mode } = app.scope;
  const asking = { account, mode: say(modeNames[mode], lang) };
  return {
    confirmPost(proposal) {
      io.err(proposalText(proposal, lang));
      return confirmed(context, urgentSentences.question, asking);
    },
    confirmWithdrawal(proposal) {
      io.err(say(drillSentences.mistakeNoticed, lang));
      io.err(withdrawalText(proposal, { lang, apiUrl: app.config.x.apiUrl }));
      return confirmed(context, withdrawSentences.question, asking);
    },
    second: (text, told) => secondAt(context, { hasPeople, text, told }),
  };
}

/** The other person comes to the same terminal; a pipe, --yes and an office that registered nobody have no other person. */
async function secondAt(
  { io, lang, line, signal }: CommandContext,
  { hasPeople, text, told }: { hasPeople: boolean; text: string; told: string | null },
): ReturnType<NonNullable<DrillPerson['second']>> {
  if (hasPeople && !line.switches.has('yes') && io.isTerminal()) {
    io.err(told ?? say(drillSentences.second, lang, { text: text.replace(/^/gmu, '| ') }));
    const name = ((await io.ask(say(drillSentences.secondName, lang), signal)) ?? '').trim();
    const password =
      name === '' ? null : await io.ask(say(operatorSentences.askPassword, lang), signal, 'secret');
    if (password !== null) return { name, password };
  }
  if (!signal.aborted) io.err(say(drillSentences.standIn, lang));
  return null;
}

function tellEnd(context: CommandContext, result: DrillResult, before: DrillReport | undefined): ExitCode {
  const { line, lang, io } = context;
  const isJson = line.switches.has('json');
  if (isJson) io.out(JSON.stringify(result));
  switch (result.kind) {
    case 'done':
      if (!isJson) io.out(tableOf(result.report, before, context));
      return 0;
    case 'refused':
      io.err(result.message);
      return 3;
    case 'stopped': {
      const stopped = say(drillSentences.stopped, lang, { step: say(drillSentences[result.where], lang) });
      io.err([stopped, ...result.messages.map((each) => `- ${each}`)].join('\n'));
      return 3;
    }
  }
}

function langOf({ line, lang }: CommandContext): Lang {
  const asked = line.texts.lang ?? 'ja';
  if (asked === 'ja' || asked === 'en') return asked;
  throw new UsageError(say(urgentSentences.langWrong, lang, { value: asked }));
}

async function confirmed(
  context: CommandContext,
  question: Sentence,
  params: { account: string; mode: string },
): Promise<boolean> {
  if (context.line.switches.has('yes')) return true;
  const answer = await context.io.ask(say(question, context.lang, params), context.signal);
  return answer !== null && /^\s*(y|yes|はい)\s*$/iu.test(answer);
}

function tableOf(report: DrillReport, before: DrillReport | undefined, { lang }: CommandContext): string {
  const rows = [
    ...report.steps.map(({ step, ms }): [string, number] => [say(drillSentences[step], lang), ms]),
    [say(drillSentences.wrongFor, lang), report.wrongForMs] as [string, number],
  ];
  const head = say(drillSentences.done, lang, {
    ...named(report),
    at: tokyoTime(Date.parse(report.at), lang),
  });
  const last =
    before === undefined
      ? []
      : [
          say(drillSentences.before, lang, {
            ...named(before),
            at: tokyoTime(Date.parse(before.at), lang),
            seconds: (before.wrongForMs / 1000).toFixed(3),
          }),
        ];
  const table = rows.map(([name, ms]) => `  ${(ms / 1000).toFixed(3).padStart(9)} s  ${name}`);
  return [head, ...table, ...last].join('\n');
}

function named({ by, template }: DrillReport): { by: string; template: string } {
  return { by, template };
}
