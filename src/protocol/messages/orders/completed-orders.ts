// Orders that are done.

import { contract, heldContract } from '../../records/contract.js';
import { order } from '../../records/order.js';
import {
  algoRows,
  conditionFlagRows,
  deltaNeutralUnderlyingRows,
  hedgeRows,
  pegBenchRows,
  scaleRows,
} from '../../records/order-blocks.js';
import { orderState } from '../../records/order-state.js';
import { bool } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { alongside, at, before, field, notEmpty, of, record, since, when } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const completedOrder = incoming({
  kind: 'completedOrder',
  id: 101,
  key: 'kind',
  since: V.COMPLETED_ORDERS,
  protobuf: ['CompletedOrder', V.PROTOBUF_COMPLETED_ORDER],
  rows: {
    contract: record(1, contract),
    order: record(2, order),
    orderState: record(3, orderState),
  },
  text: [
    ...heldContract,
    ...of(
      'order',
      'action',
      'totalQuantity',
      'orderType',
      'lmtPrice',
      'auxPrice',
      'tif',
      'ocaGroup',
      'account',
      'openClose',
      'origin',
      'orderRef',
      'permId',
      'outsideRth',
      'hidden',
      'discretionaryAmt',
      'goodAfterTime',
      'faGroup',
      'faMethod',
      'faPercentage',
    ),
    at('order.faProfile', before(V.FA_PROFILE_DESUPPORT)),
    at('order.modelCode', since(V.MODELS_SUPPORT)),
    ...of(
      'order',
      'goodTillDate',
      'rule80A',
      'percentOffset',
      'settlingFirm',
      'shortSaleSlot',
      'designatedLocation',
      'exemptCode',
      'startingPrice',
      'stockRefPrice',
      'delta',
      'stockRangeLower',
      'stockRangeUpper',
      'displaySize',
      'sweepToFill',
      'allOrNone',
      'minQty',
      'ocaType',
      'triggerMethod',
      'volatility',
      'volatilityType',
      'deltaNeutralOrderType',
      'deltaNeutralAuxPrice',
    ),
    when(notEmpty('order.deltaNeutralOrderType'), [
      ...of('order', 'deltaNeutralConId', 'deltaNeutralShortSale', 'deltaNeutralShortSaleSlot', 'deltaNeutralDesignatedLocation'),
    ]),
    ...of('order', 'continuousUpdate', 'referencePriceType', 'trailStopPrice', 'trailingPercent'),
    'contract.comboLegsDescrip',
    'contract.comboLegs',
    alongside('contract.comboLegs', 'perLegPrice'),
    ...of('order', 'smartComboRoutingParams', 'scaleInitLevelSize', 'scaleSubsLevelSize', 'scalePriceIncrement'),
    scaleRows,
    'order.hedgeType',
    hedgeRows,
    ...of('order', 'clearingAccount', 'clearingIntent', 'notHeld'),
    deltaNeutralUnderlyingRows,
    'order.algoStrategy',
    algoRows,
    'order.solicited',
    'orderState.status',
    ...of('order', 'randomizeSize', 'randomizePrice'),
    pegBenchRows,
    at('order.conditions', since(V.PEGGED_TO_BENCHMARK)),
    conditionFlagRows,
    ...of('order', 'trailStopPrice', 'lmtPriceOffset'),
    at('order.cashQty', since(V.CASH_QTY)),
    at('order.dontUseAutoPriceForHedge', since(V.AUTO_PRICE_FOR_HEDGE)),
    at('order.isOmsContainer', since(V.ORDER_CONTAINER)),
    ...of('order', 'autoCancelDate', 'filledQuantity', 'refFuturesConId', 'autoCancelParent', 'shareholder', 'imbalanceOnly'),
    at('order.routeMarketableToBbo', since(V.COMPLETED_ORDERS)),
    'order.parentPermId',
    ...of('orderState', 'completedTime', 'completedStatus'),
    at('order.minTradeQty', since(V.PEGBEST_PEGMID_OFFSETS)),
    at('order.minCompeteSize', since(V.PEGBEST_PEGMID_OFFSETS)),
    at('order.competeAgainstBestOffset', since(V.PEGBEST_PEGMID_OFFSETS)),
    at('order.midOffsetAtWhole', since(V.PEGBEST_PEGMID_OFFSETS)),
    at('order.midOffsetAtHalf', since(V.PEGBEST_PEGMID_OFFSETS)),
    at('order.customerAccount', since(V.CUSTOMER_ACCOUNT)),
    at('order.professionalCustomer', since(V.PROFESSIONAL_CUSTOMER)),
    at('order.submitter', since(V.SUBMITTER)),
  ],
});
export interface CompletedOrder extends Of<typeof completedOrder> {}

export const completedOrdersEnd = incoming({
  kind: 'completedOrdersEnd',
  id: 102,
  key: 'kind',
  since: V.COMPLETED_ORDERS,
  protobuf: ['CompletedOrdersEnd', V.PROTOBUF_COMPLETED_ORDER],
  rows: {},
});
export interface CompletedOrdersEnd extends Of<typeof completedOrdersEnd> {}

export const reqCompletedOrders = outgoing({
  kind: 'reqCompletedOrders',
  id: 99,
  key: 'kind',
  since: V.COMPLETED_ORDERS,
  protobuf: ['CompletedOrdersRequest', V.PROTOBUF_COMPLETED_ORDER],
  rows: {
    apiOnly: field(1, bool),
  },
});
export interface ReqCompletedOrders extends Of<typeof reqCompletedOrders> {}
