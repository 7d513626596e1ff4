import { z } from 'zod';
import { publishLimits } from '../limits/publishing.ts';
import { composeLimits } from '../limits/words.ts';
import { placeholdersIn, render } from './render.ts';
import { LINK_WEIGHT, weightAtMost } from './weight-bound.ts';

/** What the template of an announcement may name. */
const ANNOUNCEMENT_PLACEHOLDERS = ['title', 'url', 'date', 'update', 'original', 'mark'] as const;
/** A link counts the same whatever it is; this word of that weight stands for it when a template is measured. */
const SAMPLE_LINK = 'x'.repeat(LINK_WEIGHT);

const body = z.string().trim().min(1);
const announcement = z.strictObject({
  ja: body.superRefine(checkAnnouncement),
  en: body.superRefine(checkAnnouncement),
});

const field = z.strictObject({
  kind: z.enum(['text', 'date', 'datetime', 'number']),
  required: z.boolean().default(true),
  /** Shown where the field is asked for. */
  label: z.strictObject({ ja: z.string().min(1), en: z.string().min(1) }),
});

const forced = z
  .strictObject({
    label: z.strictObject({ ja: z.string().min(1), en: z.string().min(1) }),
    fields: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), field),
    ja: body,
    en: body,
  })
  .superRefine((template, context) => {
    const known = new Set([...Object.keys(template.fields), 'url']);
    for (const lang of ['ja', 'en'] as const) {
      const used = placeholdersIn(template[lang]);
      const problems = [
        ...used.filter((one) => !known.has(one)).map((one) => `{${one}} is not among the fields`),
        ...[...known].filter((one) => !used.includes(one)).map((one) => `{${one}} is missing`),
        ...linkProblems(template[lang]),
      ];
      for (const message of problems) context.addIssue({ code: 'custom', path: [lang], message });
    }
    if ('url' in template.fields) {
      context.addIssue({
        code: 'custom',
        path: ['fields', 'url'],
        message: 'url is given by --url, not by a field',
      });
    }
  });

const mark = z.strictObject({ ja: z.string().trim().min(1), en: z.string().trim().min(1) });
const marks = z.strictObject({
  report: mark,
  'unnumbered-report': mark,
  correction: mark,
  addition: mark,
  extension: mark,
  update: mark,
  cancellation: mark,
});
const MARKS: z.output<typeof marks> = {
  report: { ja: '第{number}報', en: 'report no. {number}' },
  'unnumbered-report': { ja: '続報', en: 'further report' },
  correction: { ja: '訂正', en: 'correction' },
  addition: { ja: '追記', en: 'addition' },
  extension: { ja: '延長', en: 'extension' },
  update: { ja: '更新', en: 'update' },
  cancellation: { ja: '取消し・終了', en: 'withdrawn or ended' },
};

/**
 * config/templates.yaml. A line in which a placeholder has no value is left out; the link stands on a line of its own.
 * `main` is also what an item under review is drafted with, so it must be right whichever topic a person decides on.
 */
export const templatesSchema = z.strictObject({
  announcements: z.strictObject({
    main: announcement,
    urgent: announcement,
    'main-update': announcement,
    'urgent-update': announcement,
    /** For a new page that follows an earlier announcement: 第2報, a correction, the end of a measure. */
    'main-follow-up': announcement.optional(),
    'urgent-follow-up': announcement.optional(),
  }),
  /** What {mark} says, by kind; {number} is that of the report. */
  marks: marks.default(MARKS),
  /** What takes a wrong post back; without it every correction must be written by hand. */
  correction: z
    .strictObject({ ja: body.superRefine(checkCorrection), en: body.superRefine(checkCorrection) })
    .optional(),
  /** For notices forced by hand, by name. */
  forced: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), forced),
});

/** The wording of every post, in both languages. */
export type Templates = z.output<typeof templatesSchema>;
export type ForcedTemplate = Templates['forced'][string];
export type ForcedField = ForcedTemplate['fields'][string];
export type AnnouncementName = keyof Templates['announcements'];

function checkAnnouncement(text: string, context: z.core.$RefinementCtx<string>): void {
  const used = placeholdersIn(text);
  const problems = [
    ...used
      .filter((one) => !(ANNOUNCEMENT_PLACEHOLDERS as readonly string[]).includes(one))
      .map((one) => `{${one}} is not known here; known are ${ANNOUNCEMENT_PLACEHOLDERS.join(', ')}`),
    ...['title', 'url'].filter((one) => !used.includes(one)).map((one) => `{${one}} is missing`),
    ...linkProblems(text),
  ];
  const frame = weightAtMost(
    render(text, {
      title: '',
      url: SAMPLE_LINK,
      date: '2026年12月31日',
      update: '2026年12月31日23:59',
      original: '2026年12月31日',
      mark: 'withdrawn or ended',
    }),
  );
  if (publishLimits.weightMax - frame < composeLimits.titleRoomMin) {
    problems.push(
      `only ${publishLimits.weightMax - frame} of ${publishLimits.weightMax} are left for the title`,
    );
  }
  for (const message of problems) context.addIssue({ code: 'custom', message });
}

/** A correction must name what it takes back, and lead to what is right. */
function checkCorrection(text: string, context: z.core.$RefinementCtx<string>): void {
  const known = ['title', 'url', 'original'];
  const used = placeholdersIn(text);
  const problems = [
    ...used
      .filter((one) => !known.includes(one))
      .map((one) => `{${one}} is not known here; known are ${known.join(', ')}`),
    ...['title', 'url'].filter((one) => !used.includes(one)).map((one) => `{${one}} is missing`),
    ...linkProblems(text),
  ];
  for (const message of problems) context.addIssue({ code: 'custom', message });
}

/** Text that touches a link can become part of it. */
function linkProblems(text: string): string[] {
  const beside = text.split('\n').some((line) => line.includes('{url}') && line.trim() !== '{url}');
  return beside ? ['{url} must stand on a line of its own'] : [];
}

const unread = (): never => {
  throw new Error('the templates could not be read, and this command was to write no post');
};

/** Stands where templates are broken and nothing is to be written by them, but for these. To use another is a bug. */
function unreadBut(known: Templates['forced'] | null): Templates {
  return Object.freeze({
    get announcements() {
      return unread();
    },
    get marks() {
      return unread();
    },
    get correction() {
      return unread();
    },
    get forced() {
      return known ?? unread();
    },
  });
}

export const UNREAD_TEMPLATES: Templates = unreadBut(null);

/** The one template of a notice out of a file that is wrong elsewhere; null where it is wrong itself, or not there. */
export function oneForced(file: unknown, name: string): Templates | null {
  const all = z.object({ forced: z.record(z.string(), z.unknown()) }).safeParse(file);
  const found =
    all.success && Object.hasOwn(all.data.forced, name) ? forced.safeParse(all.data.forced[name]) : null;
  return found?.success === true ? unreadBut(Object.freeze({ [name]: found.data })) : null;
}
