import { z } from 'zod';
import { reconcileLimits } from '../limits/publishing.ts';
import { configLimits } from '../limits/running.ts';
import { duration, formed, hookAddress } from './schema-parts.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** config/channels.yaml as it is written; everything may be left out, but a live account needs its handle. */
export const channelsSchema = z.strictObject({
  handle: formed(/^\w{1,15}$/u, 'handle-form').optional(),
  pace: duration(0, HOUR),
  reconcile: z
    .strictObject({
      quarantine: duration(1_000, 24 * HOUR),
      missSpacing: duration(1_000, 24 * HOUR),
      missesNeeded: z.int().min(1).max(configLimits.missesMax).optional(),
      readsMax: z.int().min(reconcileLimits.missesNeeded).max(configLimits.readsMax).optional(),
    })
    .optional(),
  watch: z
    .strictObject({
      every: duration(MINUTE, 24 * HOUR),
      pauseOnForeignPost: z.boolean().optional(),
      pauseOnBrokenLog: z.boolean().optional(),
    })
    .optional(),
  // Sent as part of a header, so it must be printable ASCII.
  contact: formed(/^[\x21-\x7e]{3,200}$/u, 'contact-form').optional(),
  notify: z.strictObject({ webhook: hookAddress.optional(), auditHead: hookAddress.optional() }).optional(),
  console: z
    .strictObject({
      port: z.int().min(0).max(65_535).optional(),
      // Scheme, name and port alone, as browsers write it; https, since a password is typed into these pages.
      origin: formed(/^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?\/?$/iu, 'origin-form').optional(),
    })
    .optional(),
  operatorLanguage: z.enum(['ja', 'en', 'auto']).optional(),
});
export type ChannelsFile = z.infer<typeof channelsSchema>;
