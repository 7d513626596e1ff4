import { describe, expect, test } from 'vitest';
import { nextHop } from '../../../src/adapters/http/next-hop.ts';

type Case = { location: string; peerAddress: string | null; allowInner?: boolean };

/** Follows a redirect of `http://typed.test/` and says where it may lead. */
function follow({ location, peerAddress, allowInner = true }: Case): ReturnType<typeof nextHop> {
  return nextHop({
    from: new URL('http://typed.test/'),
    askedHost: 'typed.test',
    answer: { status: 302, headers: { location }, peerAddress },
    visited: new Set(['http://typed.test/']),
    allowInner,
    redirectsMax: 5,
  });
}

describe('a redirect may lead inside', () => {
  const check = (name: string, given: Case, allowInner: boolean): void => {
    test(`${allowInner ? 'when' : 'but not when'} ${name}`, () => {
      expect(follow(given)).toMatchObject({ kind: 'hop', allowInner });
    });
  };
  check(
    'the configured host is inside and answered itself',
    { location: '/b', peerAddress: '192.168.0.1' },
    true,
  );
  check(
    'it leads to https on that host',
    { location: 'https://typed.test/', peerAddress: '192.168.0.1' },
    true,
  );
  // A public server that a person typed may change its name's address between two hops.
  check('the host answered from a public address', { location: '/b', peerAddress: '203.180.1.1' }, false);
  check('it is unknown who answered', { location: '/b', peerAddress: null }, false);
  check('it leads to another host', { location: 'http://other.test/', peerAddress: '192.168.0.1' }, false);
  check(
    'the feed is not allowed inside',
    { location: '/b', peerAddress: '192.168.0.1', allowInner: false },
    false,
  );
});

test('what is shown of a redirect has no query, which may carry a token', () => {
  const hop = nextHop({
    from: new URL('http://typed.test/news?token=secret'),
    askedHost: 'typed.test',
    answer: { status: 302, headers: {}, peerAddress: null },
    visited: new Set(),
    allowInner: false,
    redirectsMax: 5,
  });
  expect(hop).toEqual({
    kind: 'refused',
    detail: 'http://typed.test/news redirects without saying where to',
  });
});
