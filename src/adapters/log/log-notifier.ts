import type { Log, Notice, Notifier } from '../../app/ports.ts';
import type { Lang } from '../../feed/item.ts';
import { describeNotice } from '../../messages/notices.ts';

/** Tells people in the log, in sentences. The status page and `status` show the same alerts from the store. */
export function createLogNotifier(log: Log, lang: Lang): Notifier {
  return {
    tell(notice: Notice) {
      const sentence = describeNotice(notice, lang);
      const fields = { notice: notice.code };
      if (notice.severity === 'info') log.info(fields, sentence);
      else if (notice.severity === 'warning') log.warn(fields, sentence);
      else log.error(fields, sentence);
      return Promise.resolve();
    },
  };
}
