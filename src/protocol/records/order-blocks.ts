// Blocks of an order that stand alike in placeOrder, openOrder and completedOrder on the text wire.

import { isOneOf, notEmpty, of, positive, present, since, when } from '../schema/rows.js';
import { V } from '../versions.js';

/** Follow a price increment above zero. */
export const scaleRows = when(positive('order.scalePriceIncrement'), [
  ...of(
    'order',
    'scalePriceAdjustValue',
    'scalePriceAdjustInterval',
    'scaleProfitOffset',
    'scaleAutoReset',
    'scaleInitPosition',
    'scaleInitFillQty',
    'scaleRandomPercent',
  ),
]);

/** Follows a hedge type. */
export const hedgeRows = when(notEmpty('order.hedgeType'), ['order.hedgeParam']);

/** The hedging underlying, behind a flag. */
export const deltaNeutralUnderlyingRows = present('contract.deltaNeutralContract', [
  ...of('contract.deltaNeutralContract', 'conId', 'delta', 'price'),
]);

/** Follow a strategy: a count, tags and values. */
export const algoRows = when(notEmpty('order.algoStrategy'), ['order.algoParams']);

/** Only for orders pegged to a benchmark, and only from 102 on. */
export const pegBenchRows = when(
  isOneOf('order.orderType', 'PEG BENCH', 'PEGBENCH'),
  [
    ...of(
      'order',
      'referenceContractId',
      'isPeggedChangeAmountDecrease',
      'peggedChangeAmount',
      'referenceChangeAmount',
      'referenceExchangeId',
    ),
  ],
  since(V.PEGGED_TO_BENCHMARK),
);

/** Only with at least one condition, and only from 102 on. */
export const conditionFlagRows = when(
  notEmpty('order.conditions'),
  [...of('order', 'conditionsIgnoreRth', 'conditionsCancelOrder')],
  since(V.PEGGED_TO_BENCHMARK),
);
