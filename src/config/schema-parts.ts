import { z } from 'zod';
import type { MistakeCode } from '../messages/mistake.ts';
import { isLoopback } from './loopback.ts';

type Params = Readonly<Record<string, string | number>>;

/** Reports one of our own mistakes through zod; check-shape.ts turns it into a Mistake at its place. */
export function addMistake(
  context: z.core.$RefinementCtx,
  mistake: MistakeCode,
  params: Params = {},
  path: PropertyKey[] = [],
): void {
  context.addIssue({ code: 'custom', path, params: { mistake, ...params } });
}

/** Checks across keys run beside the checks of single keys, so that every mistake is named at once. */
export const EVEN_IF_PARTS_FAIL: z.core.$ZodSuperRefineParams = {
  when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** A text of a certain form; the code names the sentence that describes it. */
export function formed(pattern: RegExp, mistake: MistakeCode): z.ZodType<string> {
  return z.string().superRefine((written, context) => {
    if (!pattern.test(written)) addMistake(context, mistake, { found: written });
  });
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time as people write it ("90s", "10m", "72h", "7d"), in milliseconds, within bounds. */
export function duration(minMs: number, maxMs: number): z.ZodOptional<z.ZodType<number>> {
  return z
    .unknown()
    .transform((written, context): number => {
      const match = /^(\d{1,6})\s*([smhd])$/u.exec(typeof written === 'string' ? written.trim() : '');
      const ms = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? ''] ?? Number.NaN);
      if (Number.isNaN(ms)) {
        addMistake(context, 'duration', { found: shown(written) });
        return z.NEVER;
      }
      if (ms < minMs || ms > maxMs) {
        addMistake(context, 'duration-range', { found: shown(written), minMs, maxMs });
        return z.NEVER;
      }
      return ms;
    })
    .optional();
}

/** A time of day in Japan ("22:00"), as minutes after midnight. */
export const timeOfDay: z.ZodType<number> = z.unknown().transform((written, context): number => {
  if (written === undefined) {
    addMistake(context, 'required');
    return z.NEVER;
  }
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/u.exec(typeof written === 'string' ? written : '');
  if (match === null) {
    addMistake(context, 'time-of-day', { found: shown(written) });
    return z.NEVER;
  }
  return Number(match[1]) * 60 + Number(match[2]);
});

/** A host name without scheme, port or path; lower case, punycode for other scripts. */
export const hostName: z.ZodType<string> = z.string().transform((written, context): string => {
  const host = URL.canParse(`https://${written}`) ? new URL(`https://${written}`) : null;
  const plain = /^[^\s/:@?#*]+$/u.test(written) && !written.startsWith('.') && !written.endsWith('.');
  if (host === null || !plain || !host.hostname.includes('.')) {
    addMistake(context, 'host-form', { found: written });
    return z.NEVER;
  }
  return host.hostname;
});

/** An http or https address without user name or password; the fragment, which servers never see, is dropped. */
export const webAddress: z.ZodType<string> = z.string().transform((written, context): string => {
  const wrong = addressMistake(written);
  if (wrong !== null) {
    addMistake(context, wrong, { found: withoutCredentials(written) });
    return z.NEVER;
  }
  const url = new URL(written);
  url.hash = '';
  return url.href;
});

/** The address of the institution's own server: https, since it may carry a secret in its path; http on this computer alone. */
export const hookAddress: z.ZodType<URL> = z.string().transform((written, context): URL => {
  const wrong = addressMistake(written) ?? (isGuarded(new URL(written)) ? null : 'hook-scheme');
  if (wrong !== null) {
    addMistake(context, wrong, { found: withoutCredentials(written) });
    return z.NEVER;
  }
  return new URL(written);
});

function isGuarded(url: URL): boolean {
  return url.protocol === 'https:' || isLoopback(url);
}

/** What is wrong with an address to read from, or null. */
export function addressMistake(written: string): MistakeCode | null {
  if (written.length > 2_000 || /\s/u.test(written) || !URL.canParse(written)) return 'url-form';
  const url = new URL(written);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'url-scheme';
  return url.username === '' && url.password === '' ? null : 'url-credentials';
}

/** An address as it may be shown: a password in it must not reach a screen or a log. */
export function withoutCredentials(written: string): string {
  return written.replace(/\/\/[^/@\s]*@/u, '//…@');
}

function shown(written: unknown): string {
  return typeof written === 'string' || typeof written === 'number'
    ? String(written)
    : JSON.stringify(written);
}
