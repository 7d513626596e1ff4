import type { Lang } from '../feed/item.ts';
import { describeFeedDetail } from './feed-details.ts';
import { given, type Sentence, type SentenceParams } from './sentence.ts';

/** What people are told of governance without having asked. */
export const governanceNotices = {
  /** id, by, reason, text */
  'break-glass': {
    ja: (p) =>
      `${given(p, 'by')}が二人目の承認を待たずに緊急のお知らせ ${given(p, 'id')} を投稿しました（理由：${given(p, 'reason')}）：「${firstLine(p)}」。別の職員が内容を確認し、画面又は kosatsu review ${given(p, 'id')} で事後確認を記録してください。`,
    en: (p) =>
      `${given(p, 'by')} forced notice ${given(p, 'id')} without a second person (${given(p, 'reason')}): "${firstLine(p)}". Another person must look at it, on the page or with kosatsu review ${given(p, 'id')}.`,
  },
  /** seq, hash */
  'audit-head': {
    ja: (p) =>
      `監査記録の最新の番号は${given(p, 'seq')}、ハッシュ値は${given(p, 'hash')}です。外部に控えておくと、後日 kosatsu audit verify --anchor ${given(p, 'seq')}:${given(p, 'hash')} で改変の有無を確認できます。`,
    en: (p) =>
      `The audit log ends at record ${given(p, 'seq')}, hash ${given(p, 'hash')}. Kept outside, it proves the log later: kosatsu audit verify --anchor ${given(p, 'seq')}:${given(p, 'hash')}.`,
  },
  /** seq, detail */
  'audit-anchor-failed': {
    ja: (p) =>
      `監査記録の最新のハッシュ値（番号${given(p, 'seq')}）を外部サーバーに送信できませんでした（${outsideJa(p)}）。30分後に改めて送信します。届くまでは kosatsu audit verify の表示を外部に控えてください。`,
    en: (p) =>
      `The head of the audit log (record ${given(p, 'seq')}) did not reach the server outside (${given(p, 'detail')}). It is tried again in half an hour; until it gets there, keep what kosatsu audit verify prints.`,
  },
  /** detail */
  'alarm-undelivered': {
    ja: (p) =>
      `警報を外部サーバーに送信できませんでした（${outsideJa(p)}）。次に送信できるまで、警報は状況の画面とログでのみ確認できます。channels.yaml の notify.webhook と送信先のサーバーを確認してください。`,
    en: (p) =>
      `An alarm did not reach the server outside (${given(p, 'detail')}). Until one does, alarms stand only here and in the log. Check notify.webhook in channels.yaml, and that server.`,
  },
  'alarms-delivered': {
    ja: () => '警報を外部サーバーに送信できるようになりました。',
    en: () => 'Alarms reach the server outside again.',
  },
  /** count, first */
  'audit-broken': {
    ja: (p) =>
      `監査記録に問題が${given(p, 'count')}件見つかりました（${given(p, 'first').replace(/。$/u, '')}）。記録が改変されたおそれがあります。データフォルダーと控え（バックアップ）を保全し、kosatsu audit verify で内容を確認してください。`,
    en: (p) =>
      `The audit log shows ${given(p, 'count')} problems (${given(p, 'first')}). Somebody may have tampered with it. Keep the data folder and the backups as they are, and see kosatsu audit verify.`,
  },
  'audit-sound-again': {
    ja: () => '監査記録の検証で、問題は見つからなくなりました。',
    en: () => 'The audit log was checked again and is sound.',
  },
  /** seq */
  'audit-anchored': {
    ja: (p) => `監査記録の最新のハッシュ値（番号${given(p, 'seq')}）を外部サーバーに送信しました。`,
    en: (p) => `The head of the audit log (record ${given(p, 'seq')}) is kept on the server outside again.`,
  },
} as const satisfies Record<string, Sentence>;

/** Why the server outside did not take what was sent to it. */
export function outsideDetail(detail: string, lang: Lang): string {
  return lang === 'ja' ? outsideJa({ detail }) : detail;
}

function outsideJa(params: SentenceParams): string {
  const detail = given(params, 'detail');
  const status = /^HTTP (\d+) from (.+)$/u.exec(detail);
  if (status !== null) return `${status[2]}の応答：HTTP ${status[1]}`;
  const late = /^(\S+) did not answer in time$/u.exec(detail);
  return late === null ? describeFeedDetail(detail, 'ja') : `${late[1]}が時間内に応答しない`;
}

function firstLine(params: SentenceParams): string {
  return given(params, 'text').split('\n', 1)[0] ?? '';
}
