import type { FeedProblem } from '../feed/feed-state.ts';
import type { Lang } from '../feed/item.ts';
import { describeFeedDetail } from './feed-details.ts';
import { given, say, type Sentence, type SentenceParams } from './sentence.ts';

const nothingPosted = {
  ja: 'この情報源からの新たな投稿は行っていません。',
  en: 'Nothing new is posted from it meanwhile.',
};

function evidence(params: SentenceParams, lang: Lang): string {
  return describeFeedDetail(given(params, 'detail'), lang);
}

/** What is wrong with a feed, what was not posted because of it, and what to do. `detail` is the evidence. */
export const feedProblemMessages: Readonly<Record<FeedProblem['code'], Sentence>> = {
  unreachable: {
    ja: (p) =>
      `情報源に接続できません（${evidence(p, 'ja')}）。${nothingPosted.ja}回線と情報源の状況を確認してください。`,
    en: (p) =>
      `The feed cannot be reached (${evidence(p, 'en')}). ${nothingPosted.en} Check the network and the site.`,
  },
  timeout: {
    ja: (p) =>
      `情報源からの応答が時間内に得られませんでした（${evidence(p, 'ja')}）。${nothingPosted.ja}続く場合は情報源の状況を確認してください。`,
    en: (p) =>
      `The feed did not answer in time (${evidence(p, 'en')}). ${nothingPosted.en} If it lasts, check the site.`,
  },
  'http-status': {
    ja: (p) =>
      `情報源がエラーを返しました（${evidence(p, 'ja')}）。${nothingPosted.ja}アドレスが変わっていないか、アクセスが制限されていないか確認してください。`,
    en: (p) =>
      `The site answered with an error (${evidence(p, 'en')}). ${nothingPosted.en} Check whether the address changed or access is blocked.`,
  },
  gone: {
    ja: (p) =>
      `情報源が廃止されています（${evidence(p, 'ja')}）。${nothingPosted.ja}新しいアドレスを調べ、feeds.yaml を改めてください。`,
    en: (p) =>
      `The feed no longer exists (${evidence(p, 'en')}). ${nothingPosted.en} Find its new address and correct feeds.yaml.`,
  },
  throttled: {
    ja: (p) =>
      `情報源から間隔を空けるよう求められています（${evidence(p, 'ja')}）。指定の時間が過ぎてから読み取ります。続く場合は pollEvery を長くしてください。`,
    en: (p) =>
      `The site asks for fewer requests (${evidence(p, 'en')}). It is read again after the time it named. If it lasts, make pollEvery longer.`,
  },
  'address-refused': {
    ja: (p) =>
      `接続を認めていないアドレスのため、読取りを中止しました（${evidence(p, 'ja')}）。${nothingPosted.ja}feeds.yaml のアドレスを確認してください。`,
    en: (p) =>
      `The address may not be contacted, so the feed was not read (${evidence(p, 'en')}). ${nothingPosted.en} Check the address in feeds.yaml.`,
  },
  'redirect-refused': {
    ja: (p) =>
      `転送先が認められないため、読取りを中止しました（${evidence(p, 'ja')}）。${nothingPosted.ja}情報源の新しいアドレスを確認し、feeds.yaml を改めてください。`,
    en: (p) =>
      `The site redirects to where the program does not follow (${evidence(p, 'en')}). ${nothingPosted.en} Find the feed's present address and correct feeds.yaml.`,
  },
  'too-large': {
    ja: (p) =>
      `配信データが大きすぎるため、読取りを中止しました（${evidence(p, 'ja')}）。${nothingPosted.ja}情報源のアドレスが正しいか確認してください。`,
    en: (p) =>
      `The document is too large and was not read (${evidence(p, 'en')}). ${nothingPosted.en} Check that the address is the feed's.`,
  },
  truncated: {
    ja: (p) =>
      `配信データが途中で切れているか、壊れています（${evidence(p, 'ja')}）。不完全なおそれのある項目は投稿していません。次回の読取りで回復しない場合は情報源に確認してください。`,
    en: (p) =>
      `The document ends too early or is damaged (${evidence(p, 'en')}). What may be incomplete is not posted. If the next reading is no better, ask the site.`,
  },
  tls: {
    ja: (p) =>
      `安全な接続を確立できません（${evidence(p, 'ja')}）。${nothingPosted.ja}情報源の証明書とこのコンピューターの時刻を確認してください。`,
    en: (p) =>
      `No secure connection could be made (${evidence(p, 'en')}). ${nothingPosted.en} Check the site's certificate and this computer's clock.`,
  },
  empty: {
    ja: (p) =>
      `配信データが空でした（${evidence(p, 'ja')}）。${nothingPosted.ja}続く場合は情報源に確認してください。`,
    en: (p) => `The document is empty (${evidence(p, 'en')}). ${nothingPosted.en} If it lasts, ask the site.`,
  },
  html: {
    ja: (p) =>
      `新着情報のフィードではなく通常のウェブページが返されました（${evidence(p, 'ja')}）。${nothingPosted.ja}アドレスが変わっていないか、アクセスが制限されていないか確認してください。`,
    en: (p) =>
      `A web page came instead of a feed (${evidence(p, 'en')}). ${nothingPosted.en} Check whether the address changed or access is blocked.`,
  },
  'not-xml': {
    ja: (p) =>
      `配信データをXMLとして読み取れません（${evidence(p, 'ja')}）。${nothingPosted.ja}続く場合は情報源に確認してください。`,
    en: (p) =>
      `The document is not readable XML (${evidence(p, 'en')}). ${nothingPosted.en} If it lasts, ask the site.`,
  },
  'not-a-feed': {
    ja: (p) =>
      `RSS・Atom等のフィードではありません（${evidence(p, 'ja')}）。${nothingPosted.ja}feeds.yaml のアドレスと種類を確認してください。`,
    en: (p) =>
      `The document is no feed of a known kind (${evidence(p, 'en')}). ${nothingPosted.en} Check address and kind in feeds.yaml.`,
  },
  'too-deep': {
    ja: (p) =>
      `配信データの構造が異常に深いため、読取りを中止しました（${evidence(p, 'ja')}）。${nothingPosted.ja}情報源に確認してください。`,
    en: (p) =>
      `The document is nested abnormally deep and was not read (${evidence(p, 'en')}). ${nothingPosted.en} Ask the site.`,
  },
  'too-many': {
    ja: (p) =>
      `配信データの項目が多すぎます（${evidence(p, 'ja')}）。上限を超えた分は投稿していません。情報源のアドレスが正しいか確認してください。`,
    en: (p) =>
      `The document holds too many parts (${evidence(p, 'en')}). What is over the limit is not posted. Check that the address is the feed's.`,
  },
  'parse-timeout': {
    ja: (p) =>
      `配信データの解析が時間内に終わりませんでした（${evidence(p, 'ja')}）。${nothingPosted.ja}続く場合は情報源に確認してください。`,
    en: (p) =>
      `The document took too long to read (${evidence(p, 'en')}). ${nothingPosted.en} If it lasts, ask the site.`,
  },
  'parse-failed': {
    ja: (p) =>
      `配信データを解析できませんでした（${evidence(p, 'ja')}）。${nothingPosted.ja}続く場合は情報源に確認してください。`,
    en: (p) =>
      `The document could not be understood (${evidence(p, 'en')}). ${nothingPosted.en} If it lasts, ask the site.`,
  },
  'lossy-encoding': {
    ja: (p) =>
      `文字コードが正しくないため、読み取れない文字があります（${evidence(p, 'ja')}）。該当する項目は投稿していません。続く場合は情報源に確認してください。`,
    en: (p) =>
      `Some characters could not be decoded (${evidence(p, 'en')}). The titles concerned are not posted. If it lasts, ask the site.`,
  },
  'selectors-match-nothing': {
    ja: (p) =>
      `一覧ページから項目を取り出せません（${evidence(p, 'ja')}）。ページの構成が変わったおそれがあります。${nothingPosted.ja}feeds.yaml の selectors を見直してください。`,
    en: (p) =>
      `Nothing on the list page matches the selectors (${evidence(p, 'en')}); it may have been redesigned. ${nothingPosted.en} Mend the selectors in feeds.yaml.`,
  },
  'items-vanished': {
    ja: (p) =>
      `これまで掲載されていた項目がすべてなくなりました（${evidence(p, 'ja')}）。${nothingPosted.ja}情報源のページを確認してください。`,
    en: (p) =>
      `The feed had items before and has none now (${evidence(p, 'en')}). ${nothingPosted.en} Look at the site.`,
  },
  silent: {
    ja: (p) =>
      `長期間、新しい項目がありません（${evidence(p, 'ja')}）。情報源のページに新しい発表がないか確認し、あれば情報源の不具合を疑ってください。`,
    en: (p) =>
      `Nothing new has come for a long time (${evidence(p, 'en')}). Look at the site: if it shows news, the feed is broken.`,
  },
  'unchanged-build-date': {
    ja: (p) =>
      `配信データの更新日時が長期間変わっていません（${evidence(p, 'ja')}）。情報源の更新が止まっていないか確認してください。`,
    en: (p) =>
      `The feed's own build date has not changed for a long time (${evidence(p, 'en')}). Check whether the site still updates it.`,
  },
  'certificate-expires': {
    ja: (p) =>
      `情報源の証明書の有効期限が近づいています（${evidence(p, 'ja')}）。期限を過ぎると読み取れなくなります。情報源に知らせてください。`,
    en: (p) =>
      `The site's certificate expires soon (${evidence(p, 'en')}). After that the feed cannot be read. Tell the site.`,
  },
  moved: {
    ja: (p) =>
      `情報源のアドレスが恒久的に変わりました（新しいアドレス：${evidence(p, 'ja')}）。転送により引き続き読み取っていますが、転送はいずれ終わります。新しいアドレスが情報源のものであることを確認し、config/feeds.yaml の urlをこれに改めてください。`,
    en: (p) =>
      `The feed has moved for good, to ${evidence(p, 'en')}. It is still read through a redirect, which will end one day. Check that the new address is the feed's own, and put it as the url in config/feeds.yaml.`,
  },
  'items-held': {
    ja: (p) =>
      `題名、リンク、日付等に不備のある項目があり、投稿を見合わせています（${evidence(p, 'ja')}）。情報源のページと照らし合わせ、kosatsu posts --state held 又は画面で取扱いを決めてください。`,
    en: (p) =>
      `Some items have faults in title, link or date, and are held (${evidence(p, 'en')}). Look at the site, compare, and decide on each, in kosatsu posts --state held or on the page.`,
  },
  burst: {
    ja: (p) =>
      `一度に現れた新着が、過去のお知らせや別の情報源のものであると疑われます（${evidence(p, 'ja')}）。いずれも投稿を見合わせています。内容を確認し、kosatsu quarantine 又は画面で取扱いを決めてください。`,
    en: (p) =>
      `The news of one reading may be old or another site's (${evidence(p, 'en')}). None of it is posted. Look at it and decide, with kosatsu quarantine or on the page.`,
  },
};

/** A feed's problem in words; a code stored by a newer version is shown as it is. */
export function describeFeedProblem(problem: { code: string; detail: string }, lang: Lang): string {
  const { code, detail } = problem;
  return isFeedProblemCode(code) ? say(feedProblemMessages[code], lang, { detail }) : `${code}: ${detail}`;
}

function isFeedProblemCode(code: string): code is FeedProblem['code'] {
  return Object.hasOwn(feedProblemMessages, code);
}

/** Only what was wrong, without what it meant then and what to do: for what is over. */
export function describeFeedAnswer(problem: { code: string; detail: string }, lang: Lang): string {
  // The evidence may hold a full stop of its own.
  const place = '\u0001';
  const whole = describeFeedProblem({ code: problem.code, detail: place }, lang);
  const [first = whole] = whole.split(lang === 'ja' ? /(?<=。)/u : /(?<=\.) /u);
  return first.replace(place, () => describeFeedDetail(problem.detail, lang));
}
