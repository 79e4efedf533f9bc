// Conversations about live market data.

import { one, stream } from '../conversation/shapes.js';

export const quotes = stream({
  open: 'reqMktData',
  cancel: 'cancelMktData',
  items: [
    'tickPrice',
    'tickSize',
    'tickString',
    'tickGeneric',
    'tickOptionComputation',
    'tickEFP',
    'tickReqParams',
    'tickNews',
    'marketDataType',
    'rerouteMktDataReq',
    'deltaNeutralValidation',
  ],
  end: 'tickSnapshotEnd',
  endsSnapshots: true,
  within: 30_000,
  rank: 'data',
  moves: 30_000,
  // What comes with every request, whether or not data follows.
  silent: ['marketDataType', 'tickReqParams', 'rerouteMktDataReq'],
});
export const depth = stream({
  open: 'reqMktDepth',
  cancel: 'cancelMktDepth',
  items: ['updateMktDepth', 'updateMktDepthL2', 'rerouteMktDepthReq'],
  within: 30_000,
  rank: 'data',
  moves: 30_000,
  silent: ['rerouteMktDepthReq'],
});
export const tickByTick = stream({
  open: 'reqTickByTickData',
  cancel: 'cancelTickByTickData',
  items: ['tickByTick', 'historicalTicks', 'historicalTicksBidAsk', 'historicalTicksLast'],
  within: 30_000,
  rank: 'data',
  isQuiet: true,
});
export const realTimeBars = stream({
  open: 'reqRealTimeBars',
  cancel: 'cancelRealTimeBars',
  items: ['realtimeBar'],
  within: 30_000,
  rank: 'data',
  moves: 30_000,
});
export const depthExchanges = one({ open: 'reqMktDepthExchanges', items: ['mktDepthExchanges'], within: 15_000 });
export const smartComponents = one({ open: 'reqSmartComponents', items: ['smartComponents'], within: 10_000 });
export const impliedVolatility = one({
  open: 'calculateImpliedVolatility',
  cancel: 'cancelCalculateImpliedVolatility',
  items: ['tickOptionComputation'],
  within: 15_000,
});
export const optionPrice = one({
  open: 'calculateOptionPrice',
  cancel: 'cancelCalculateOptionPrice',
  items: ['tickOptionComputation'],
  within: 15_000,
});
