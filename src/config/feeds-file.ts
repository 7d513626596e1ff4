import { z } from 'zod';
import { configLimits } from '../limits.ts';
import { addMistake, duration, webAddress } from './schema-parts.ts';

/** Names that the program gives to feeds of its own. */
const RESERVED_NAMES = ['typed', 'sandbox'];

const selector = z.string().min(1).max(configLimits.wordMax);

const feed = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, 'lower-case letters, digits and hyphens, 40 at most'),
    kind: z.enum(['feed', 'html-list']).optional(),
    url: webAddress,
    enabled: z.boolean().optional(),
    language: z.enum(['ja', 'en', 'auto']).optional(),
    pollEvery: duration(configLimits.pollFloorLocalMs, configLimits.pollCeilingMs),
    longestSilence: duration(configLimits.silenceFloorMs, configLimits.silenceCeilingMs),
    titleIncludes: z.array(z.string().min(1).max(configLimits.wordMax)).max(configLimits.wordsMax).optional(),
    selectors: z
      .strictObject({ item: selector, title: selector, link: selector, date: selector.optional() })
      .optional(),
    allowPrivateAddress: z.boolean().optional(),
    burst: z.int().min(1).max(configLimits.burstMax).optional(),
  })
  .superRefine((value, context) => {
    if (RESERVED_NAMES.includes(value.name))
      addMistake(context, 'name-reserved', { found: value.name }, ['name']);
    if (value.kind === 'html-list' && value.selectors === undefined) {
      addMistake(context, 'selectors-needed', {}, ['selectors']);
    }
    if (value.kind !== 'html-list' && value.selectors !== undefined) {
      addMistake(context, 'selectors-unused', {}, ['selectors']);
    }
    const { pollEvery, url } = value;
    if (pollEvery !== undefined && pollEvery < configLimits.pollFloorMs && !isLoopback(new URL(url))) {
      addMistake(context, 'poll-too-often', { minMs: configLimits.pollFloorMs }, ['pollEvery']);
    }
  });

/** config/feeds.yaml as it is written; what may be left out is filled in by config.ts. */
export const feedsSchema = z
  .strictObject({ feeds: z.array(feed).min(1).max(configLimits.feedsMax) })
  .superRefine(({ feeds }, context) => {
    const names = new Set<string>();
    for (const [index, { name }] of feeds.entries()) {
      if (names.has(name)) addMistake(context, 'name-taken', { found: name }, ['feeds', index, 'name']);
      names.add(name);
    }
  });
export type FeedsFile = z.infer<typeof feedsSchema>;

/** Is it this machine itself? There nobody has to be spared. */
export function isLoopback(url: URL): boolean {
  const { hostname } = url;
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/u.test(hostname);
}
