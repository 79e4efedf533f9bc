// Conversations about an advisor's groups and aliases, and soft dollar tiers.

import { one } from '../conversation/shapes.js';

export const receiveFA = one({
  open: 'requestFA',
  items: ['receiveFA'],
  within: 15_000,
  matches: (asked, answer) => asked.faDataType === answer.faDataType,
});
/** From server 157 on there is an answer. */
export const replaceFA = one({ open: 'replaceFA', items: ['replaceFAEnd'], within: 15_000 });
export const softDollarTiers = one({ open: 'reqSoftDollarTiers', items: ['softDollarTiers'], within: 10_000 });
