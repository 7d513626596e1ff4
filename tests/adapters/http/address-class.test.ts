import { assert, ipV4, ipV6, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressClass } from '../../../src/adapters/http/address-class.ts';

function check(address: string, expected: string): void {
  test(`${address} is ${expected}`, () => {
    const found = addressClass(address);
    expect(found.kind === 'public' ? 'public' : `${found.kind}: ${found.name}`).toBe(expected);
  });
}

describe('IPv4', () => {
  check('203.180.1.1', 'public');
  check('8.8.8.8', 'public');
  check('0.0.0.0', 'never: unspecified');
  check('0.1.2.3', 'never: unspecified');
  check('10.0.0.1', 'inner: private');
  check('100.64.0.1', 'inner: carrier-grade NAT');
  check('100.63.255.255', 'public');
  check('100.128.0.0', 'public');
  check('127.0.0.1', 'inner: loopback');
  check('127.255.255.254', 'inner: loopback');
  check('128.0.0.1', 'public');
  check('169.254.169.254', 'never: link-local');
  check('172.15.255.255', 'public');
  check('172.16.0.1', 'inner: private');
  check('172.31.255.255', 'inner: private');
  check('172.32.0.0', 'public');
  check('192.168.255.255', 'inner: private');
  check('192.169.0.0', 'public');
  check('192.0.2.1', 'never: documentation');
  check('198.18.0.1', 'never: benchmarking');
  check('198.19.255.255', 'never: benchmarking');
  check('198.20.0.0', 'public');
  check('223.255.255.255', 'public');
  check('224.0.0.1', 'never: multicast');
  check('240.0.0.1', 'never: reserved');
  check('255.255.255.255', 'never: reserved');
});

describe('IPv6', () => {
  check('2606:4700::1111', 'public');
  check('2001:200:dff:fff1::1', 'public');
  check('::', 'never: unspecified');
  check('::1', 'inner: loopback');
  check('0:0:0:0:0:0:0:1', 'inner: loopback');
  check('fe80::1', 'never: link-local');
  check('fe80::1%eth0', 'never: link-local');
  check('febf::1', 'never: link-local');
  check('fec0::1', 'never: reserved');
  check('fd00:ec2::254', 'inner: private');
  check('fc00::', 'inner: private');
  check('ff02::1', 'never: multicast');
  check('2001:db8::1', 'never: documentation');
  check('2001::1', 'never: tunnel');
  check('2002:7f00:1::', 'never: tunnel');
  check('3fff::1', 'never: documentation');
  check('::7f00:1', 'never: reserved');
  check('100::1', 'never: reserved');
  check('4000::1', 'never: reserved');
});

describe('IPv4 inside IPv6 is judged as IPv4', () => {
  check('::ffff:127.0.0.1', 'inner: loopback');
  check('::ffff:7f00:1', 'inner: loopback');
  check('::ffff:169.254.169.254', 'never: link-local');
  check('::ffff:8.8.8.8', 'public');
  check('64:ff9b::10.0.0.1', 'inner: private');
  check('64:ff9b::8.8.8.8', 'public');
  check('64:ff9b:1::8.8.8.8', 'never: reserved');
});

describe('what is no address', () => {
  check('', 'never: not an address');
  check('localhost', 'never: not an address');
  check('2130706433', 'never: not an address');
  check('127.1', 'never: not an address');
  check('::1::', 'never: not an address');
});

test('a mapped address is never judged more kindly than the bare one', () => {
  assert(
    property(ipV4(), (address) => {
      expect(addressClass(`::ffff:${address}`)).toEqual(addressClass(address));
    }),
  );
});

test('every spelling of an IPv6 address is judged, and alike', () => {
  assert(
    property(ipV6(), (address) => {
      const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
      expect(addressClass(address)).toEqual(addressClass(canonical));
    }),
  );
});
