import * as fc from 'fast-check';
import twitterText from 'twitter-text';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/policy/judge.ts';
import type { PolicyRule } from '../../src/policy/verdict.ts';
import { describeReason } from '../../src/messages/policy.ts';
import { aContext, aDraft, aForcedContext } from './sample-draft.ts';

/** Words as feeds and people write them, with what could go wrong strewn in. */
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    '特許庁',
    '@',
    '＠',
    '$',
    'ABC',
    'http://',
    'https://',
    'www.',
    'jpo.go.jp',
    'example.com',
    '/',
    '.',
    '\u200B',
    '\uFFFD',
    '〇',
    '○時',
    '{',
    '}',
    '二',
    '\uD83D',
    'TBD',
    '👩‍🔬',
    '\n',
    '\u001B[2J',
    '\u202E',
  ),
);
const words = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
const forced = fc.boolean();

/** Whatever the words are, they are judged, and what the verdict promises is true of them. */
function check(promise: (text: string, isForced: boolean) => void): void {
  fc.assert(fc.property(words, forced, promise), { numRuns: 1_000 });
}

describe('whatever the words are', () => {
  test('a post that may go out mentions nobody, hides nothing and links to our pages alone', () => {
    check((text, isForced) => {
      const draft = aDraft(text);
      const verdict = judge(draft, isForced ? aForcedContext() : aContext());
      if (verdict.kind !== 'allow') return;
      expect(twitterText.extractMentions(draft.text)).toEqual([]);
      expect(twitterText.extractCashtags(draft.text)).toEqual([]);
      expect(draft.text).not.toMatch(/[\uFFFD\u200B\u202E]/u);
      expect(draft.text.isWellFormed()).toBe(true);
      for (const link of twitterText.extractUrls(draft.text, { extractUrlsWithoutProtocol: true })) {
        expect(link.toLowerCase()).toMatch(
          /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*(?:jpo|meti)\.go\.jp(?:[/?:#]|$)/u,
        );
      }
    });
  });

  test('no approval makes broken text right', () => {
    check((text, isForced) => {
      const context = isForced ? aForcedContext() : aContext();
      const verdict = judge(aDraft(text), context);
      const covered: PolicyRule[] = verdict.reasons.map((reason) => reason.rule);
      const again = judge(aDraft(text), { ...context, covered, approvalsGiven: 9 });
      expect(again.kind).toBe(verdict.kind === 'deny' ? 'deny' : 'allow');
    });
  });

  test('what is wrong can be said without repeating what cannot be shown', () => {
    check((text, isForced) => {
      const verdict = judge(aDraft(text), isForced ? aForcedContext() : aContext());
      for (const reason of verdict.reasons) {
        const sentence = describeReason(reason, 'en');
        expect(sentence).not.toMatch(/undefined|[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200B\u202E]/u);
      }
    });
  });
});
