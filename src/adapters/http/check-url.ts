import { isIP } from 'node:net';
import { fetchLimits } from '../../limits/intake.ts';
import { addressClass } from './address-class.ts';

/** An address that may be asked, or a phrase that says why not. */
export type CheckedUrl = { kind: 'ok'; url: URL } | { kind: 'refused'; detail: string };

/**
 * Parses an address and refuses what must not be asked: other schemes, credentials, overlong, literal inner addresses.
 * Decimal, octal and hexadecimal IPv4 spellings are normalised by the URL parser before they are judged.
 * `base` is the address that a Location header is relative to.
 */
export function checkUrl(text: string, base: URL | null, allowInner: boolean): CheckedUrl {
  if (text.length > fetchLimits.urlMaxChars) {
    return refused(`an address of ${text.length} characters, ${fetchLimits.urlMaxChars} allowed`);
  }
  const url = URL.parse(text, base?.href);
  if (url === null) return refused(`${quoted(text)} is not an address`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refused(`the scheme ${url.protocol.slice(0, 40)} is not http or https`);
  }
  if (url.username !== '' || url.password !== '') {
    return refused(`the address at ${url.host.slice(0, 253)} carries a user name or password`);
  }
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) {
    const reason = refusedAddress(literal, allowInner);
    if (reason !== null) return refused(reason);
  }
  url.hash = '';
  return { kind: 'ok', url };
}

/** Why this address may not be connected to, as a phrase; null where it may. */
export function refusedAddress(address: string, allowInner: boolean): string | null {
  const found = addressClass(address);
  if (found.kind === 'public' || (found.kind === 'inner' && allowInner)) return null;
  return `${address} is ${found.name}, not public`;
}

/** An address as people may see it: without credentials, query or fragment, and not too long. */
export function shownUrl(url: URL): string {
  const shown = `${url.protocol}//${url.host}${url.pathname}`;
  return shown.length > 200 ? `${shown.slice(0, 199)}…` : shown;
}

function refused(detail: string): CheckedUrl {
  return { kind: 'refused', detail };
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 99)}…` : text);
}
