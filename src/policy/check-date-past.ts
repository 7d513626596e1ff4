import { calendarLimits } from '../limits/running.ts';
import { MINUTE } from '../limits/units.ts';
import { PASS, type Check } from './check.ts';
import { datesIn, daysMeant, weekdayOf, type WrittenDate } from './dates.ts';
import { placeIn } from './excerpt.ts';
import { narrowed } from './narrowed.ts';
import { ownWords } from './own-words.ts';
import { startOfTokyoDay } from './tokyo-day.ts';

/** Around a date, what says that it tells of something that has happened (or was published) then. */
const TOLD_BEFORE = new RegExp(
  [
    '(?:発生|上陸|接近|発災|開始|発令|指定|施行|復旧|再開|掲載|公表|公開|公布|発表|発行|更新|訂正|当初|日時|日付|付け)[^。\\n]{0,6}$',
    // 福島県沖を震源とする地震（令和4年3月16日）
    '(?:地震|津波|台風|大雨|豪雨|大雪|噴火|火災|停電|障害|不具合|災害)\\s*[(（「]\\s*$',
    '(?:since|from|after|following|of|dated|(?<!(?:due|new|final|last|closing|expiry|expiration) )date|published|announced|updated|issued|occurred|struck|hit|started|starting|began|restored|corrected|posted|outage|earthquake|typhoon|flood|tsunami)[^.\\n]{0,14}$',
    '(?:received|filed|failed|lost|missed|interruption|disruption|failure|breakdown|between|affected by|impacted by)[^.\\n]{0,60}$',
  ].join('|'),
  'iu',
);
const TOLD_AFTER = new RegExp(
  `^[)）」』\\s]*(?:\\d{1,2}(?::\\d{2}|時(?:\\d{1,2}分)?)?\\s*(?:頃|ごろ|JST)?\\s*)?(?:頃|ごろ)?(?:に|から|以降|以後|より|付け?|深夜|未明|早朝|朝|午前|午後|夜|の|現在|時点)?(?:${[
    '[^。\\nまで]{0,8}(?:発生|上陸|接近|震|地震|津波|台風|大雨|豪雨|大雪|噴火|火災|停電|障害|災害|被災|掲載|公表|公開|発表|更新|指定|施行|復旧|お知らせ|現在|時点|から|以降|付け)',
    // 11月5日に手続を完了できなかった皆様へ
    '[^。、\\n]{0,16}(?:できなかった|でき(?:ず|なく)|(?:満了|到来|受領|提出|送信|出願|納付|郵送|差し出)(?:した|され|いただ))',
  ].join('|')})`,
  'u',
);
const TOLD_AFTER_ENGLISH =
  /^[,)\s]*(?:(?:computer|system|network|postal|power|online|filing|service)s?\s)?(?:earthquake|typhoon|flood|tsunami|outage|failure|disruption|interruption|eruption|storm|notice|announcement)/iu;
/** What says that something ends or is due then: with it, no other word makes a past day right. */
const DUE_BEFORE =
  /(?:until|till|by|no later than|due(?: on)?|deadlines?(?: is| of|:)?|(?:due|new|final|last|closing|expiry|expiration) date(?: is| of|:)?|extended to|before|expires?(?: on)?|締切|〆切|期限|満了日)[\s:：はを]{0,3}$/iu;
const DUE_AFTER = /^[^。、\n]{0,6}?(?:まで|迄|必着|締切|〆切|限り|を期限|が期限|に延長|を満了)/u;
/** まで also ends what has happened: 11月20日までの大雨, 11月20日までに期間が満了した手続. */
const TOLD_UNTIL =
  /^[^。、\n]{0,6}?(?:までの?間?に?[^。、\n]{0,12}(?:満了|到来|発生)[^。、\n]{0,3}(?:した|する)|までの[^。、\n]{0,8}(?:大雨|豪雨|大雪|地震|台風|暴風|災害|障害|停電|被害))/u;
/** An hour of today, by which something is asked for. */
const HOUR_DUE =
  /^[)）」』\s]*の?\s*(?:(?<noon>正午)|(?<half>午前|午後)?\s*(?<hour>\d{1,2})(?::(?<minute>\d{2})|時(?:(?<minute>\d{1,2})分|(?<thirty>半))?))\s*(?:まで|迄|必着|締切|〆切)/u;
const TODAY = /本日|今日/gu;

/**
 * A forced notice that asks for something by a day that is over, or announces such a day: the year or the month was left
 * from an older notice. Days of what has happened stay, because disasters lie in the past. A feed tells of the past freely.
 */
export const checkDatePast: Check = (draft, context) => {
  if (!context.forced) return PASS;
  const today = startOfTokyoDay(context.now);
  const text = ownWords(draft, context);
  const past =
    datesIn(text).find((date) => isOver(date, today, context.now) && !isTold(text, date)) ??
    hourThatIsOver(text, today, context.now);
  if (past === undefined) return PASS;
  const place = placeIn(draft.text, past.at, past.written.length);
  return { kind: 'deny', params: { ...place, date: past.written } };
};

type Place = Pick<WrittenDate, 'at' | 'written'>;

function isOver(date: WrittenDate, today: number, now: number): boolean {
  const days = daysMeant(date, now);
  if (days.length === 0) return false;
  if (date.year !== null) return days.every((day) => day < today);
  if (date.month === null)
    return days.filter((day) => weekdayOf(day) === date.weekday).every((day) => day < today);
  // Without a year only a recent day is surely the last one: 3月31日まで, typed in September, is next year's.
  return days.some((day) => day < today && today - day <= calendarLimits.surelyPastMs);
}

/** 「本日10時まで」, sent at noon. */
function hourThatIsOver(text: string, today: number, now: number): Place | undefined {
  const dates = datesIn(text).filter((date) => daysMeant(date, now).includes(today));
  const words = [...text.matchAll(TODAY)].map((match) => ({ at: match.index, written: match[0] }));
  return [...dates, ...words].find(({ at, written }) => {
    const found = HOUR_DUE.exec(narrowed(text.slice(at + written.length)))?.groups;
    return found !== undefined && today + minutesInto(found) * MINUTE < now;
  });
}

/** Minutes after midnight. 午後12時 sharp ends the day, as the law counts; 午後12時30分 can only be half past noon. */
function minutesInto({
  noon,
  half,
  hour,
  minute,
  thirty,
}: Readonly<Record<string, string | undefined>>): number {
  if (noon !== undefined) return 12 * 60;
  const minutes = thirty === undefined ? Number(minute ?? 0) : 30;
  const isLater = half === '午後' && (Number(hour) < 12 || minutes === 0);
  return (Number(hour) + (isLater ? 12 : 0)) * 60 + minutes;
}

function isTold(text: string, date: Place): boolean {
  const before = text.slice(0, date.at);
  const after = text.slice(date.at + date.written.length);
  if (TOLD_UNTIL.test(after)) return true;
  if (DUE_BEFORE.test(before) || DUE_AFTER.test(after)) return false;
  return TOLD_BEFORE.test(before) || TOLD_AFTER.test(after) || TOLD_AFTER_ENGLISH.test(after);
}
