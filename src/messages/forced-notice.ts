import type { Sentence } from './sentence.ts';
import { xDetail } from './x-details.ts';

/** What a person who forces an urgent notice is told when it is not simply published. */
export const forcedNoticeMessages = {
  'lease-busy': {
    ja: (p) =>
      `別の処理（${p['holder']}）が投稿の記録を使用中のため、投稿していません。数秒おいて再度実行してください。`,
    en: (p) =>
      `Another process (${p['holder']}) has the outbox, so nothing was posted. Try again in a few seconds.`,
  },
  /** by, reason */
  'would-wait': {
    ja: (p) =>
      `${p['by']}が投稿を一時停止しています（理由：${p['reason']}）。このまま進めると、再開されるまで投稿されません。停止中でも直ちに投稿するには、--override-pause を付けるか、画面で「一時停止中であっても投稿する」を選んでください。`,
    en: (p) =>
      `${p['by']} has paused publishing (${p['reason']}). If you go on, the notice waits until somebody resumes. To post it at once all the same, add --override-pause, or tick the box on the page.`,
  },
  'account-waits': {
    ja: (p) =>
      `投稿 ${p['id']} は記録しましたが、アカウントの投稿が停止しています（${xDetail(p, 'ja', 'reason')}）。停止が解除され次第、投稿します。`,
    en: (p) =>
      `Post ${p['id']} is recorded, but the account is stopped (${p['reason']}). It goes out as soon as the stop ends.`,
  },
  'not-reached': {
    ja: (p) =>
      `Xに接続できないため、投稿 ${p['id']} は送信していません（${xDetail(p, 'ja')}）。投稿待ちとして残しています。`,
    en: (p) =>
      `X could not be reached; post ${p['id']} was not sent (${p['detail']}). It stays in the queue.`,
  },
  rejected: {
    ja: (p) => `Xが投稿 ${p['id']} を受け付けませんでした：${xDetail(p, 'ja')}`,
    en: (p) => `X refused post ${p['id']}: ${p['detail']}`,
  },
  unknown: {
    ja: (p) =>
      `投稿 ${p['id']} がXに届いたか確認できていません（${xDetail(p, 'ja')}）。二重投稿を防ぐため自動では再送しません。結果は、この投稿の画面又は kosatsu posts で確認できます。`,
    en: (p) =>
      `It is not known whether post ${p['id']} reached X (${p['detail']}). It is not sent again blindly, so that it cannot appear twice. Its page and kosatsu posts show the result.`,
  },
  'withdrawn-meanwhile': {
    ja: (p) => `投稿 ${p['id']} は処理中に取り消されました。投稿していません。`,
    en: (p) => `Post ${p['id']} was cancelled in the meantime and was not posted.`,
  },
  /** id */
  'request-replayed': {
    ja: (p) =>
      `この依頼は既に投稿 ${p['id']} として受け付けています。異なる文面での再送は受け付けません。新しいお知らせは、改めて起案してください。`,
    en: (p) =>
      `This request was taken already, as post ${p['id']}; it is not taken again with other words. Submit a new notice instead.`,
  },
  'not-as-confirmed': {
    ja: () =>
      '確認された文面・アカウントと、投稿される内容が一致しなくなったため、投稿を取りやめました（設定や日付が変わった可能性があります）。改めて内容を確認してください。',
    en: () =>
      'What would be posted is no longer what you confirmed (settings or the date may have changed), so nothing was posted. Look at it again.',
  },
} as const satisfies Record<string, Sentence>;
