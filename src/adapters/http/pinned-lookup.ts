import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { fetchLimits } from '../../limits/intake.ts';
import { refusedAddress } from './check-url.ts';

/** An address of a name, as the system's resolver gives it. */
type ResolvedAddress = { address: string; family: number };

/** Resolves a host name; rejects as `dns.lookup` does. A test gives its own. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** The system's resolver: hosts file and DNS, in the order that the system prefers. */
export const resolveBySystem: Resolve = (hostname) =>
  systemLookup(hostname, { all: true, order: 'verbatim' });

/** A name that resolves to an address which must not be connected to. */
export class AddressRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AddressRefused';
  }
}

/**
 * A `lookup` for one connection. The addresses it returns are the checked ones and the socket connects to nothing else,
 * so an answer of DNS that changes between check and connection has nobody to deceive: there is no second resolution.
 * One refused address refuses the name; to pick the harmless ones would let the server's owner choose by timing.
 */
export function pinnedLookup(resolve: Resolve, allowInner: boolean): LookupFunction {
  const checked = callbackify((hostname: string) => checkedAddresses(hostname, resolve, allowInner));
  return (hostname, options, callback) => {
    checked(hostname, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) callback(error ?? notFound(hostname), '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

async function checkedAddresses(
  hostname: string,
  resolve: Resolve,
  allowInner: boolean,
): Promise<LookupAddress[]> {
  const addresses = (await resolve(hostname)).slice(0, fetchLimits.addressesMax);
  for (const { address } of addresses) {
    const reason = refusedAddress(address, allowInner);
    if (reason !== null) throw new AddressRefused(`${hostname}: ${reason}`);
  }
  return addresses;
}

function notFound(hostname: string): Error {
  return Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
}
