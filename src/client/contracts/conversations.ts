// Conversations about instruments.

import { list, one, stream } from '../conversation/shapes.js';

export const contractDetails = list({
  open: 'reqContractDetails',
  cancel: 'cancelContractData',
  items: ['contractDetails', 'bondContractDetails'],
  end: 'contractDetailsEnd',
  within: 30_000,
});
export const contractDetailsStream = stream({
  open: 'reqContractDetails',
  cancel: 'cancelContractData',
  items: ['contractDetails', 'bondContractDetails'],
  end: 'contractDetailsEnd',
  within: 120_000,
  rank: 'data',
});
export const matchingSymbols = one({ open: 'reqMatchingSymbols', items: ['symbolSamples'], within: 15_000 });
export const marketRule = one({
  open: 'reqMarketRule',
  items: ['marketRule'],
  within: 10_000,
  matches: (asked, answer) => asked.marketRuleId === answer.marketRuleId,
});
export const optionChain = list({
  open: 'reqSecDefOptParams',
  items: ['securityDefinitionOptionParameter'],
  end: 'securityDefinitionOptionParameterEnd',
  within: 30_000,
});
