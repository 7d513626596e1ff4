import type { Lang } from '../feed/item.ts';
import { policyTextSentences } from '../messages/policy-text.ts';
import { say } from '../messages/sentence.ts';
import type { PublishedPolicy } from '../policy/policy-config.ts';

/** What a page of the policy says besides its clauses. */
export type PolicyFrame = { version: string; account: string };

const LANGS: readonly Lang[] = ['ja', 'en'];

/** The policy in both languages as one page without script, to be put on the institution's own site. */
export function policyPage(policy: PublishedPolicy, frame: PolicyFrame): string {
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(policy.ja.title)}</title>
<style>body{font:1rem/1.8 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}li{margin:.4rem 0}</style>
</head>
<body>
${LANGS.map((lang) => section(policy, frame, lang)).join('\n')}
</body>
</html>`;
}

/** The same as text in one language. */
export function policyText(policy: PublishedPolicy, frame: PolicyFrame, lang: Lang): string {
  const { title, clauses } = policy[lang];
  return [
    title,
    '',
    ...clauses.map((clause, index) => `${String(index + 1)}. ${clause}`),
    '',
    `${say(policyTextSentences.opinionBox, lang)}: ${policy.opinionBox}`,
    say(policyTextSentences.account, lang, frame),
    say(policyTextSentences.version, lang, frame),
  ].join('\n');
}

function section(policy: PublishedPolicy, frame: PolicyFrame, lang: Lang): string {
  const { title, clauses } = policy[lang];
  const box = escaped(say(policyTextSentences.opinionBox, lang));
  return `<section lang="${lang}">
<h1>${escaped(title)}</h1>
<ol>
${clauses.map((clause) => `<li>${escaped(clause)}</li>`).join('\n')}
</ol>
<p><a href="${escaped(policy.opinionBox)}">${box}</a></p>
<p>${escaped(say(policyTextSentences.account, lang, frame))}<br>${escaped(say(policyTextSentences.version, lang, frame))}</p>
</section>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
