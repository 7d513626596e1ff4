import { z } from 'zod';
import { countCashtags, fitsIntoPost } from './post-weight.ts';
import { forbidden, invalidRequest, notPermitted, type ParameterMistake, type XAnswer } from './x-answer.ts';

const id = z.string().regex(/^[0-9]{1,19}$/);

/** Body of POST /2/tweets, closed as X's is. What the sandbox cannot do is known here, and refused afterwards. */
const bodySchema = z.strictObject({
  text: z.string().optional(),
  media: z.looseObject({ media_ids: z.array(id).min(1).max(4) }).optional(),
  poll: z.looseObject({}).optional(),
  quote_tweet_id: id.optional(),
  reply: z.looseObject({ in_reply_to_tweet_id: id }).optional(),
  reply_settings: z.enum(['following', 'mentionedUsers', 'subscribers', 'verified']).optional(),
  nullcast: z.boolean().optional(),
  for_super_followers_only: z.boolean().optional(),
  share_with_followers: z.boolean().optional(),
  community_id: id.optional(),
  card_uri: z.string().optional(),
  direct_message_deep_link: z.string().optional(),
  geo: z.looseObject({}).optional(),
  made_with_ai: z.boolean().optional(),
  paid_partnership: z.boolean().optional(),
  edit_options: z.looseObject({ previous_post_id: id }).optional(),
});

/** A text that may be posted, unless it stands already, or X's refusal. */
export type PostRequest = { kind: 'text'; text: string } | { kind: 'refused'; answer: XAnswer };

const refuse = (answer: XAnswer): PostRequest => ({ kind: 'refused', answer });

/** Reads and judges the body of POST /2/tweets by X's rules, except the duplicate rule, which needs the account. */
export function readPostRequest(contentType: string, body: string): PostRequest {
  if (!/^application\/json\b/i.test(contentType)) {
    const message = 'Requests with bodies must have content-type of application/json.';
    return refuse(invalidRequest([{ parameters: {}, message }]));
  }
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return refuse(invalidRequest([{ parameters: {}, message: 'Request body is not valid JSON.' }]));
  }
  const parsed = bodySchema.safeParse(json);
  if (!parsed.success) return refuse(invalidRequest(parsed.error.issues.flatMap(mistakesOf)));
  const { text, media, reply, quote_tweet_id: quoted, ...other } = parsed.data;
  if (reply !== undefined) {
    const why =
      'you have not been mentioned or otherwise engaged by the author of the post you are replying to';
    return refuse(forbidden(`Reply to this conversation is not allowed because ${why}.`));
  }
  if (quoted !== undefined) return refuse(forbidden('Quoting posts is not allowed for this app.'));
  if (media !== undefined) {
    const parameters = { 'media.media_ids': media.media_ids };
    return refuse(invalidRequest([{ parameters, message: 'Your media IDs are invalid.' }]));
  }
  const unplayed = ['poll', 'community_id', 'card_uri', 'direct_message_deep_link', 'geo', 'edit_options'];
  if (unplayed.some((key) => key in other)) return refuse(notPermitted());
  return judgeText(text);
}

function judgeText(given: string | undefined): PostRequest {
  const text = (given ?? '').normalize('NFC').trim();
  if (text === '') {
    const message = '$.text: is missing but it is required';
    return refuse(invalidRequest([{ parameters: { text: [given ?? ''] }, message }]));
  }
  if (!fitsIntoPost(text)) return refuse(notPermitted());
  if (countCashtags(text) > 1) return refuse(forbidden('Posts may contain a maximum of one cashtag.'));
  return { kind: 'text', text };
}

function mistakesOf(issue: z.core.$ZodIssue): ParameterMistake[] {
  const path = ['$', ...issue.path].join('.');
  if (issue.code !== 'unrecognized_keys') return [{ parameters: {}, message: `${path}: ${issue.message}` }];
  const rule = 'is not defined in the schema and the schema does not allow additional properties';
  return issue.keys.map((key) => ({ parameters: {}, message: `${path}.${key}: ${rule}` }));
}
