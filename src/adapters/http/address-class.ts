import { isIPv4, isIPv6 } from 'node:net';

/**
 * What kind of machine an address names. `inner` (loopback, private networks) may be allowed for a feed by
 * configuration; `never` (link-local with its metadata services, multicast, reserved, tunnels) may not.
 */
export type AddressClass =
  { kind: 'public' } | { kind: 'inner'; name: string } | { kind: 'never'; name: string };

type Range = { prefix: readonly number[]; bits: number; class: AddressClass };

const inner = (name: string): AddressClass => ({ kind: 'inner', name });
const never = (name: string): AddressClass => ({ kind: 'never', name });

// IANA IPv4 Special-Purpose Address Registry; whatever is not globally reachable.
const V4: readonly Range[] = [
  range4('0.0.0.0', 8, never('unspecified')),
  range4('10.0.0.0', 8, inner('private')),
  range4('100.64.0.0', 10, inner('carrier-grade NAT')),
  range4('127.0.0.0', 8, inner('loopback')),
  range4('169.254.0.0', 16, never('link-local')),
  range4('172.16.0.0', 12, inner('private')),
  range4('192.0.0.0', 24, never('reserved')),
  range4('192.0.2.0', 24, never('documentation')),
  range4('192.88.99.0', 24, never('reserved')),
  range4('192.168.0.0', 16, inner('private')),
  range4('198.18.0.0', 15, never('benchmarking')),
  range4('198.51.100.0', 24, never('documentation')),
  range4('203.0.113.0', 24, never('documentation')),
  range4('224.0.0.0', 4, never('multicast')),
  range4('240.0.0.0', 4, never('reserved')),
];

/** Classes an IPv4 or IPv6 address in text; what is no address at all is `never`. */
export function addressClass(address: string): AddressClass {
  const [bare = ''] = address.split('%');
  if (isIPv4(bare)) return classOf4(bytesOf4(bare));
  if (isIPv6(bare)) return classOf6(bytesOf6(bare));
  return never('not an address');
}

function classOf4(bytes: readonly number[]): AddressClass {
  return V4.find((range) => startsWith(bytes, range.prefix, range.bits))?.class ?? { kind: 'public' };
}

function classOf6(bytes: readonly number[]): AddressClass {
  const word = (index: number): number => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0);
  const leadingZero = (bytesCount: number): boolean => bytes.slice(0, bytesCount).every((byte) => byte === 0);
  if (leadingZero(15)) return bytes[15] === 1 ? inner('loopback') : never('unspecified');
  // Addresses that carry an IPv4 address are judged by it: the packet ends there.
  if (leadingZero(10) && word(5) === 0xffff) return classOf4(bytes.slice(12));
  if (word(0) === 0x0064 && word(1) === 0xff9b && bytes.slice(4, 12).every((byte) => byte === 0)) {
    return classOf4(bytes.slice(12));
  }
  if ((word(0) & 0xfe00) === 0xfc00) return inner('private');
  if ((word(0) & 0xffc0) === 0xfe80) return never('link-local');
  if ((word(0) & 0xff00) === 0xff00) return never('multicast');
  // Everything outside 2000::/3 is reserved; inside it, tunnels (6to4, Teredo) hide an IPv4 address.
  if ((word(0) & 0xe000) !== 0x2000) return never('reserved');
  if (word(0) === 0x2002) return never('tunnel');
  if (word(0) === 0x2001 && word(1) < 0x0200) return never('tunnel');
  if (word(0) === 0x2001 && word(1) === 0x0db8) return never('documentation');
  if (word(0) === 0x3fff && word(1) < 0x1000) return never('documentation');
  return { kind: 'public' };
}

function range4(prefix: string, bits: number, ofClass: AddressClass): Range {
  return { prefix: bytesOf4(prefix), bits, class: ofClass };
}

function bytesOf4(address: string): number[] {
  return address.split('.').map(Number);
}

function bytesOf6(address: string): number[] {
  // The URL parser writes any spelling, embedded IPv4 included, in one canonical form.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const left = wordsOf(head);
  const right = tail === undefined ? [] : wordsOf(tail);
  const middle = Array.from<number>({ length: 8 - left.length - right.length }).fill(0);
  return [...left, ...middle, ...right].flatMap((value) => [value >> 8, value & 0xff]);
}

function wordsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16));
}

function startsWith(bytes: readonly number[], prefix: readonly number[], bits: number): boolean {
  for (let bit = 0; bit < bits; bit += 1) {
    const mask = 0x80 >> (bit & 7);
    const at = bit >> 3;
    if (((bytes[at] ?? 0) & mask) !== ((prefix[at] ?? 0) & mask)) return false;
  }
  return true;
}
