import { PASS, type Check } from './check.ts';

/** The feed gave something that may not be what the institution wrote: a person compares it with the page. */
export const checkItemProblem: Check = (draft) => {
  const blocking = draft.source?.problems.filter((problem) => problem.blocking) ?? [];
  const [first] = blocking;
  if (first === undefined) return PASS;
  return { kind: 'hold', params: { code: first.code, detail: first.detail, more: blocking.length - 1 } };
};
