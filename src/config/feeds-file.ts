import { z } from 'zod';
import { configLimits } from '../limits/running.ts';
import { isLoopback } from './loopback.ts';
import { selectorMistake } from './selector-mistake.ts';
import { addMistake, duration, EVEN_IF_PARTS_FAIL, formed, webAddress } from './schema-parts.ts';

/** Names that the program gives to feeds of its own. */
const RESERVED_NAMES = ['typed', 'sandbox'];

const word = z.string().min(1).max(configLimits.wordMax);

const feed = z
  .strictObject({
    name: formed(/^[a-z0-9][a-z0-9-]{0,39}$/u, 'name-form'),
    kind: z.enum(['feed', 'html-list']).optional(),
    url: webAddress,
    enabled: z.boolean().optional(),
    language: z.enum(['ja', 'en', 'auto']).optional(),
    pollEvery: duration(configLimits.pollFloorLocalMs, configLimits.pollCeilingMs),
    longestSilence: duration(configLimits.silenceFloorMs, configLimits.silenceCeilingMs),
    titleIncludes: z.array(word).max(configLimits.wordsMax).optional(),
    selectors: z.strictObject({ item: word, title: word, link: word, date: word.optional() }).optional(),
    allowPrivateAddress: z.boolean().optional(),
    burst: z.int().min(1).max(configLimits.burstMax).optional(),
  })
  .superRefine((value, context) => {
    // Parts may have failed and be missing or raw here, whatever the type says.
    const { name, kind, selectors, pollEvery, url, enabled } = value;
    if (RESERVED_NAMES.includes(name)) addMistake(context, 'name-reserved', { found: name }, ['name']);
    if (kind === 'html-list' && selectors === undefined)
      addMistake(context, 'selectors-needed', {}, ['selectors']);
    if (kind !== 'html-list' && selectors !== undefined)
      addMistake(context, 'selectors-unused', {}, ['selectors']);
    // A feed that is never read may keep selectors that are not finished.
    for (const [part, selector] of Object.entries(enabled === false ? {} : (selectors ?? {}))) {
      if (typeof selector !== 'string' || selector === '') continue;
      const detail = selectorMistake(selector);
      if (detail !== null)
        addMistake(context, 'selector-form', { found: selector, detail }, ['selectors', part]);
    }
    const often = typeof pollEvery === 'number' && pollEvery < configLimits.pollFloorMs;
    if (often && URL.canParse(url) && !isLoopback(new URL(url))) {
      addMistake(context, 'poll-too-often', { minMs: configLimits.pollFloorMs }, ['pollEvery']);
    }
  }, EVEN_IF_PARTS_FAIL);

/** config/feeds.yaml as it is written; what may be left out is filled in by fill-in.ts. */
export const feedsSchema = z
  .strictObject({ feeds: z.array(feed).min(1).max(configLimits.feedsMax) })
  .superRefine(({ feeds }, context) => {
    const names = new Set<string>();
    for (const [index, one] of (Array.isArray(feeds) ? feeds : []).entries()) {
      const name: unknown = one?.name;
      if (typeof name !== 'string') continue;
      if (names.has(name)) addMistake(context, 'name-taken', { found: name }, ['feeds', index, 'name']);
      names.add(name);
    }
  }, EVEN_IF_PARTS_FAIL);
export type FeedsFile = z.infer<typeof feedsSchema>;
