import { parseArgs } from 'node:util';
import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import type { Lang } from '../feed/item.ts';
import { UsageError } from './usage-error.ts';
import { FLAGS, type Actions, type FlagName } from './flags.ts';
import { nearestName } from '../config/nearest-name.ts';

/** What was typed after the command's name. */
export type CommandLine = {
  texts: Readonly<Partial<Record<FlagName, string>>>;
  switches: ReadonlySet<FlagName>;
  lists: Readonly<Partial<Record<FlagName, readonly string[]>>>;
  /** The ID of the commands that take one, else empty. */
  id: string;
  /** The file, or the title, of the commands that take one, as it was typed, else empty. */
  file: string;
  /** Which of its actions a command is to do, for those that have some, else empty. */
  action: string;
};

/**
 * Reads the words after the command. Throws UsageError at the first one that the command does not take. A value that begins with
 * a hyphen must be written `--text=-…`: `--text --yes` would otherwise post the word "--yes".
 */
export function parseCommandLine(
  args: readonly string[],
  allowed: readonly FlagName[],
  takesId: boolean | 'maybe',
  lang: Lang,
  takesFile: boolean | 'title' = false,
  actions: Actions | null = null,
): CommandLine {
  const names: readonly FlagName[] = [...allowed, 'help'];
  const options = Object.fromEntries(
    names.map((name) => [
      name,
      { type: FLAGS[name].kind === 'switch' ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const texts: Partial<Record<FlagName, string>> = {};
  const lists: Partial<Record<FlagName, string[]>> = {};
  const switches = new Set<FlagName>();
  const typed: FlagName[] = [];
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const name = token.rawName === '-h' ? 'help' : names.find((each) => each === token.name);
    if (name === undefined || (token.rawName !== `--${name}` && token.rawName !== '-h'))
      throw unknownFlag(token.rawName, names, lang);
    typed.push(name);
    if (FLAGS[name].kind === 'switch') {
      if (token.value !== undefined)
        throw new UsageError(say(cliSentences.flagTakesNoValue, lang, { flag: name }));
      switches.add(name);
    } else {
      const value = readValue(name, token.value, token.inlineValue === true, lang);
      if (FLAGS[name].kind === 'list') (lists[name] ??= []).push(value);
      else if (texts[name] !== undefined)
        throw new UsageError(say(cliSentences.flagTwice, lang, { flag: name }));
      else texts[name] = value;
    }
  }
  if (switches.has('help')) return { texts, switches, lists, id: '', file: '', action: '' };
  if (actions !== null) {
    const action = readAction(positionals, Object.keys(actions), lang);
    const foreign = typed.find((name) => !takes(action, name, actions));
    if (foreign !== undefined)
      throw new UsageError(say(cliSentences.flagOfOther, lang, { flag: foreign, action }));
    return { texts, switches, lists, id: '', file: '', action };
  }
  const file = takesFile === false ? '' : readFile(positionals, takesFile, lang);
  return {
    texts,
    switches,
    lists,
    id: takesFile ? '' : readId(positionals, takesId, lang),
    file,
    action: '',
  };
}

function readValue(flag: FlagName, value: string | undefined, inline: boolean, lang: Lang): string {
  // A reason of blanks is none.
  if (value === undefined || value.trim() === '')
    throw new UsageError(say(cliSentences.flagNeedsValue, lang, { flag, value: FLAGS[flag].value ?? '' }));
  if (!inline && value.startsWith('-'))
    throw new UsageError(say(cliSentences.flagValueHyphen, lang, { flag, value }));
  return value;
}

function readId(positionals: readonly string[], takesId: boolean | 'maybe', lang: Lang): string {
  const [first, second] = positionals;
  const extra = takesId === false ? first : second;
  if (extra !== undefined) throw new UsageError(say(cliSentences.unexpectedWord, lang, { word: extra }));
  if (takesId === false || (takesId === 'maybe' && first === undefined)) return '';
  if (first === undefined) throw new UsageError(say(cliSentences.idMissing, lang));
  return first.toLowerCase();
}

function readFile([first, second]: readonly string[], what: true | 'title', lang: Lang): string {
  if (second !== undefined) throw new UsageError(say(cliSentences.unexpectedWord, lang, { word: second }));
  const missing = what === 'title' ? cliSentences.titleMissing : cliSentences.fileMissing;
  if (first === undefined) throw new UsageError(say(missing, lang));
  return first;
}

function readAction([first, second]: readonly string[], actions: readonly string[], lang: Lang): string {
  const word = first === undefined || actions.includes(first) ? second : first;
  if (word !== undefined) throw new UsageError(say(cliSentences.unexpectedWord, lang, { word }));
  if (first !== undefined) return first;
  throw new UsageError(say(cliSentences.actionMissing, lang, { actions: actions.join(', ') }));
}

/** A flag that no action names is every action's. */
function takes(action: string, flag: FlagName, actions: Actions): boolean {
  return actions[action]?.includes(flag) === true || !Object.values(actions).flat().includes(flag);
}

function unknownFlag(typed: string, names: readonly FlagName[], lang: Lang): UsageError {
  const nearest = nearestName(typed.replace(/^-+/u, ''), names);
  const sentence = nearest === null ? cliSentences.unknownFlag : cliSentences.unknownFlagNearest;
  return new UsageError(say(sentence, lang, { flag: typed, nearest: nearest ?? '' }));
}
