import { join } from 'node:path';
import { checkRuleTests } from '../classify/classify.ts';
import { rulesSchema, type Rules } from '../classify/rules.ts';
import { oneForced, templatesSchema, type Templates } from '../compose/templates.ts';
import { channelsSchema, type ChannelsFile } from './channels-file.ts';
import { openFolder, readConfigFile, type ConfigFile } from './config-folder.ts';
import type { ConfigDisk } from './disk.ts';
import { feedsSchema, type FeedsFile } from './feeds-file.ts';
import type { Mistake } from '../messages/mistake.ts';
import { policySchema, type PolicyFile } from './policy-file.ts';

/** The files as they are written. What is null was missing or wrong, and `mistakes` says which, or not asked for. */
export type ConfigFiles = {
  feeds: FeedsFile | null;
  rules: Rules | null;
  templates: Templates | null;
  policy: PolicyFile | null;
  channels: ChannelsFile;
  mistakes: readonly Mistake[];
};

/** A file that some commands can do without. */
export type Passable = 'feeds' | 'templates' | 'policy';

/**
 * Reads the five files of a folder. Feeds, rules and templates are the institution's own and must be there; the policy
 * and the channel have defaults that are safe for anyone. Rules are read only where titles are classed.
 */
export function readFiles(
  configDir: string,
  cwd: string,
  disk: ConfigDisk,
  needs: {
    feedsNeeded: boolean;
    handleNeeded: boolean;
    rulesNeeded: boolean;
    passOver: readonly Passable[];
    /** The only template that is used: what is wrong with others is passed over. */
    template: string | null;
  },
): ConfigFiles {
  const { folder, mistakes } = openFolder(configDir, cwd, disk);
  if (folder === null) {
    return { feeds: null, rules: null, templates: null, policy: null, channels: {}, mistakes };
  }
  const feeds = readConfigFile(folder, 'feeds.yaml', feedsSchema, needs.feedsNeeded ? 'needed' : 'optional');
  const rules = needs.rulesNeeded
    ? readConfigFile(folder, 'rules.yaml', rulesSchema, 'needed')
    : { value: null, located: null, mistakes: [] };
  const templates = onlyUsed(
    readConfigFile(folder, 'templates.yaml', templatesSchema, 'needed'),
    needs.template,
  );
  const policy = readConfigFile(folder, 'policy.yaml', policySchema, 'optional');
  const channels = readConfigFile(folder, 'channels.yaml', channelsSchema, 'optional');
  const unlessPassed = (file: Passable, found: readonly Mistake[]): readonly Mistake[] =>
    needs.passOver.includes(file) ? [] : found;
  return {
    feeds: feeds.value,
    rules: rules.value,
    templates: templates.value,
    policy: policy.value,
    channels: channels.value ?? {},
    mistakes: [
      ...mistakes.filter((stray) => !isPassedOver(stray, needs)),
      ...unlessPassed('feeds', feeds.mistakes),
      ...rules.mistakes,
      ...ruleTestMistakes(rules),
      ...unlessPassed('templates', templates.mistakes),
      ...unlessPassed('policy', policy.mistakes),
      ...channels.mistakes,
      ...(needs.handleNeeded ? handleMistakes(channels, join(configDir, 'channels.yaml')) : []),
    ],
  };
}

/** A stray file keeps nobody back from what passes files over, unless it may have been meant for one that counts. */
function isPassedOver(
  { code, params }: Mistake,
  { passOver, template }: { passOver: readonly Passable[]; template: string | null },
): boolean {
  if (code !== 'file-unknown' || (passOver.length === 0 && template === null)) return false;
  const passed = [...passOver, 'rules'].map((file) => `${file}.yaml`);
  return params['near'] === '' || passed.some((file) => file === params['near']);
}

function onlyUsed(file: ConfigFile<Templates>, name: string | null): ConfigFile<Templates> {
  if (file.value !== null || file.located === null || name === null) return file;
  const value = oneForced(file.located.value, name);
  return value === null ? file : { ...file, value, mistakes: [] };
}

/** Rules that fail their own tests would class announcements wrongly, so they don't start. */
function ruleTestMistakes(rules: ConfigFile<Rules>): readonly Mistake[] {
  const { value, located } = rules;
  if (value === null || located === null) return [];
  return checkRuleTests(value).map(({ title, at, expected, got, rule }): Mistake => {
    const line = located.lineOf(['tests', ...at]);
    const params = { title, expected, got, rule };
    return { file: located.file, line, key: `tests.${at[0]}`, code: 'rule-test', params };
  });
}

/** Credentials alone don't say whose account they should open; the handle is the second opinion. */
function handleMistakes(channels: ConfigFile<ChannelsFile>, file: string): readonly Mistake[] {
  if (channels.mistakes.length > 0 || channels.value?.handle !== undefined) return [];
  return [{ file, line: null, key: 'handle', code: 'required-in-live', params: {} }];
}
