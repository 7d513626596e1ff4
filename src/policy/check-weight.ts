import { PASS, type Check } from './check.ts';

/** X refuses what is too long or empty; refused here, it costs no attempt. */
export const checkWeight: Check = (draft) => {
  const params = { weight: draft.weight, weightMax: draft.weightMax };
  if (draft.text.trim() === '') return { kind: 'deny', params: { ...params, weight: 0 } };
  return draft.weight > draft.weightMax ? { kind: 'deny', params } : PASS;
};
