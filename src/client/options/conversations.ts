// Conversations about options: what the model says of one, and the two calculations of the server.

import { one, stream } from '../conversation/shapes.js';

export const modelTicks = stream({
  open: 'reqMktData',
  cancel: 'cancelMktData',
  items: ['tickOptionComputation'],
  within: 10_000,
  rank: 'data',
});
export const impliedVolatilityOf = one({
  open: 'calculateImpliedVolatility',
  cancel: 'cancelCalculateImpliedVolatility',
  items: ['tickOptionComputation'],
  within: 10_000,
});
export const optionPriceOf = one({
  open: 'calculateOptionPrice',
  cancel: 'cancelCalculateOptionPrice',
  items: ['tickOptionComputation'],
  within: 10_000,
});
