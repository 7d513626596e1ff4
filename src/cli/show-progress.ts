import type { App } from '../app/app.ts';
import { progressLimits } from '../limits/running.ts';
import { moreTasks, taskSentences } from '../messages/progress.ts';
import { say } from '../messages/sentence.ts';
import type { CommandContext } from './command.ts';

/** Shows in one line of the terminal how far long work is, until disposed of. Elsewhere the log's few lines say it. */
export function showProgress(
  { io, lang }: Pick<CommandContext, 'io' | 'lang'>,
  { progress, clock }: Pick<App, 'progress' | 'clock'>,
): Disposable {
  let shownAt: number | null = null;
  const show = (): void => {
    const [task, ...others] = progress.list();
    if (task === undefined) {
      if (shownAt !== null) io.line(null);
      shownAt = null;
      return;
    }
    const now = clock.bootMs();
    if (shownAt !== null && now - shownAt < progressLimits.terminalEveryMs) return;
    shownAt = now;
    const { kind, subject, done, total } = task;
    const far = say(taskSentences[kind], lang, { subject, done, ...(total === null ? {} : { total }) });
    io.line(others.length === 0 ? far : say(moreTasks, lang, { far, count: others.length }));
  };
  const stop = progress.listen(show);
  return {
    [Symbol.dispose]: () => {
      stop();
      if (shownAt !== null) io.line(null);
    },
  };
}
