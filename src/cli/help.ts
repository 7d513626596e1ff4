import { readFileSync } from 'node:fs';
import type { Lang } from '../feed/item.ts';
import { commandHelp, feedNameHelp, flagHelp, helpFrame } from '../messages/cli-help.ts';
import { say } from '../messages/sentence.ts';
import { COMMANDS, COMMAND_NAMES, type CommandEntry, type CommandName } from './commands.ts';
import { FLAGS, type FlagName } from './flags.ts';

/** The page of `kosatsu --help`. */
export function programPage(lang: Lang): string {
  const rows = COMMAND_NAMES.map((name): [string, string] => [name, say(commandHelp[name], lang)]);
  return [
    say(helpFrame.about, lang),
    '',
    `${say(helpFrame.usage, lang)}kosatsu COMMAND [--help]`,
    '',
    say(helpFrame.commands, lang),
    ...table(rows),
    '',
    say(helpFrame.more, lang),
    say(helpFrame.exitCodes, lang),
  ].join('\n');
}

/** The page of `kosatsu COMMAND --help`. */
export function commandPage(name: CommandName, lang: Lang): string {
  const entry: CommandEntry = COMMANDS[name];
  const flags: readonly FlagName[] = [...entry.flags, 'help'];
  const rows = flags.map((flag): [string, string] => {
    if (flag === 'feed' && entry.namesFeed === true) return ['--feed NAME', say(feedNameHelp, lang)];
    const { value } = FLAGS[flag];
    return [value === null ? `--${flag}` : `--${flag} ${value}`, say(flagHelp[flag], lang)];
  });
  return [
    say(commandHelp[name], lang),
    '',
    `${say(helpFrame.usage, lang)}kosatsu ${name}${idWord(entry)}${fileWord(entry)}${actionWord(entry)} [...]`,
    '',
    say(helpFrame.flags, lang),
    ...table(rows),
    '',
    say(helpFrame.exitCodes, lang),
  ].join('\n');
}

function fileWord({ takesFile }: CommandEntry): string {
  if (takesFile === undefined) return '';
  return takesFile === 'title' ? ' "TITLE"' : ' FILE';
}

function actionWord({ actions }: CommandEntry): string {
  return actions === undefined ? '' : ` ${Object.keys(actions).join('|')}`;
}

function idWord({ takesId }: CommandEntry): string {
  if (takesId === 'maybe') return ' [ID]';
  return takesId ? ' ID' : '';
}

/** The program's name and version, from its package.json. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return `kosatsu ${isNamed ? String(manifest.version) : ''}`.trimEnd();
}

function table(rows: readonly [string, string][]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
