import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import type { Lang } from '../feed/item.ts';
import type { CommandContext, ExitCode } from './command.ts';
import { configuredLang } from './operator-settings.ts';
import { UsageError } from './usage-error.ts';
import { COMMANDS, COMMAND_NAMES, isCommandName, type CommandEntry } from './commands.ts';
import { nearestName } from '../config/nearest-name.ts';
import { parseCommandLine } from './parse-command-line.ts';

/** Finds the command, runs it, and turns whatever it throws into a sentence and an exit code. Never throws. */
export async function runCommandLine(
  words: readonly string[],
  context: Omit<CommandContext, 'line'>,
): Promise<ExitCode> {
  const { io } = context;
  let { lang } = context;
  try {
    const [first, ...rest] = words;
    // Whoever mistyped reads the operators' language too; where --config names another folder, its language follows once it is read.
    lang = (await configuredLang({ ...context, line: { texts: {} } })) ?? lang;
    if (first === undefined || first.startsWith('-') || first === 'help')
      return await answerWithoutCommand(first, rest, { ...context, lang });
    if (!isCommandName(first)) throw unknownCommand(first, lang);
    const entry: CommandEntry = COMMANDS[first];
    const line = parseCommandLine(rest, entry.flags, entry.takesId, lang, entry.takesFile, entry.actions);
    if (line.texts.config !== undefined) lang = (await configuredLang({ ...context, line })) ?? context.lang;
    if (line.switches.has('help')) {
      const { commandPage } = await import('./help.ts');
      io.out(commandPage(first, lang));
      return 0;
    }
    const command = await entry.load();
    const { act, classes, passOver } = entry;
    // What only shows something leaves no trace.
    const isRecorded = act !== undefined || (first === 'run' && !line.switches.has('dry-run'));
    return await command.run({
      ...context,
      lang,
      line,
      ...(act === undefined ? {} : { act }),
      ...(classes === undefined ? {} : { classes }),
      ...(passOver === undefined ? {} : { passOver }),
      ...(isRecorded ? { recorded: first } : {}),
    });
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(error.message);
      return 2;
    }
    const { failure } = await import('./failure.ts');
    const { message, code } = failure(error, lang);
    io.err(message);
    return code;
  }
}

async function answerWithoutCommand(
  first: string | undefined,
  rest: readonly string[],
  { io, lang }: Omit<CommandContext, 'line'>,
): Promise<ExitCode> {
  const { commandPage, programPage, version } = await import('./help.ts');
  const [topic] = rest;
  if (first === 'help' && topic !== undefined && !topic.startsWith('-') && !isCommandName(topic))
    throw unknownCommand(topic, lang);
  if (first === '--version') io.out(version());
  else if (first === 'help' && topic !== undefined && isCommandName(topic)) io.out(commandPage(topic, lang));
  else if (first === '--help' || first === '-h' || first === 'help') io.out(programPage(lang));
  else {
    io.err(
      `${say(first === undefined ? cliSentences.noCommand : cliSentences.unknownFlag, lang, { flag: first ?? '' })}\n`,
    );
    io.err(programPage(lang));
    return 2;
  }
  return 0;
}

function unknownCommand(name: string, lang: Lang): UsageError {
  const nearest = nearestName(name, COMMAND_NAMES);
  const sentence = nearest === null ? cliSentences.unknownCommand : cliSentences.unknownCommandNearest;
  return new UsageError(say(sentence, lang, { name, nearest: nearest ?? '' }));
}
