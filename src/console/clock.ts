import { html } from 'hono/html';
import type { EpochMs, Lang } from '../feed/item.ts';
import { correctMessages } from '../messages/console-correction.ts';
import { speaker, type Markup } from './layout.ts';

/** The time since an instant, right when the page was made; the script lets it run on. */
export function clockSince(since: EpochMs, now: EpochMs, lang: Lang): Markup {
  const t = speaker(correctMessages, lang);
  const seconds = Math.max(0, Math.floor((now - since) / 1_000));
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = `${h === 0 ? '' : `${String(h)}${t('hours')}`}${String(m)}${t('minutes')}${String(s)}${t('seconds')}`;
  return html`<strong
    class="clock"
    role="timer"
    data-seconds="${seconds}"
    data-h="${t('hours')}"
    data-m="${t('minutes')}"
    data-s="${t('seconds')}"
    >${shown}</strong
  >`;
}
