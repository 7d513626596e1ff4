import { addressClass } from './address-class.ts';
import { checkUrl, shownUrl } from './check-url.ts';

/** Where a redirect leads, if it may be followed. `allowInner` is what the new address may be. */
export type NextHop = { kind: 'hop'; url: URL; allowInner: boolean } | { kind: 'refused'; detail: string };

type Redirect = {
  from: URL;
  askedHost: string;
  answer: { status: number; headers: { location?: string | undefined }; peerAddress: string | null };
  /** Addresses already asked in this fetch, in canonical form. */
  visited: ReadonlySet<string>;
  allowInner: boolean;
  redirectsMax: number;
};

/**
 * Judges a redirect as strictly as the first address, and more: it may not leave https, go to an unusual port of another host, go round
 * in circles, or lead inside unless the configured host itself is inside and is the one that answered.
 */
export function nextHop(redirect: Redirect): NextHop {
  const { from, answer, visited } = redirect;
  const where = shownUrl(from);
  if (![301, 302, 303, 307, 308].includes(answer.status)) {
    return refused(`HTTP ${answer.status} from ${where}, which leads nowhere`);
  }
  const { location } = answer.headers;
  if (location === undefined || location === '') return refused(`${where} redirects without saying where to`);
  if (visited.size > redirect.redirectsMax) {
    return refused(`more than ${redirect.redirectsMax} redirects, the last from ${where}`);
  }
  const wasInner = answer.peerAddress !== null && addressClass(answer.peerAddress).kind === 'inner';
  const target = URL.parse(asText(location), from.href);
  const allowInner = redirect.allowInner && wasInner && target?.host === redirect.askedHost;
  const checked = checkUrl(asText(location), from, allowInner);
  if (checked.kind === 'refused') return refused(`${where} redirects: ${checked.detail}`);
  const { url } = checked;
  if (visited.has(url.href)) return refused(`${where} redirects in a circle, back to ${shownUrl(url)}`);
  if (from.protocol === 'https:' && url.protocol !== 'https:') {
    return refused(`${where} redirects from https to unprotected http`);
  }
  if (url.port !== '' && url.port !== from.port) {
    return refused(`${where} redirects to port ${url.port} of ${url.hostname}`);
  }
  return { kind: 'hop', url, allowInner };
}

/** Node reads header bytes as Latin-1; servers that write an address unescaped write UTF-8. */
function asText(header: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'));
  } catch {
    return header;
  }
}

function refused(detail: string): NextHop {
  return { kind: 'refused', detail };
}
