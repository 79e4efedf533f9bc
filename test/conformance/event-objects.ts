// Our records under the member names of the official API's data classes.

import type { Bar } from '../../src/protocol/records/bar.js';
import type { Contract } from '../../src/protocol/records/contract.js';
import type { ContractDetails } from '../../src/protocol/records/contract-details.js';
import type { Execution } from '../../src/protocol/records/execution.js';
import type { Order } from '../../src/protocol/records/order.js';
import type { OrderCondition } from '../../src/protocol/records/order-condition.js';
import type { OrderState } from '../../src/protocol/records/order-state.js';

export type Members = { readonly [name: string]: unknown };

/** An object of a data class; `type` says which. */
export interface Typed {
  readonly type: string;
  readonly members: Members;
}

export function typed(type: string, members: Members): Typed {
  return { type, members };
}

export function contractOf(contract: Partial<Contract> | undefined): Typed | undefined {
  if (contract === undefined) return undefined;
  const { comboLegs, deltaNeutralContract, ...rest } = contract;
  return typed('Contract', {
    ...rest,
    primaryExch: rest.primaryExchange,
    comboLegs: comboLegs?.map(({ perLegPrice: _, ...leg }) => typed('ComboLeg', leg)),
    deltaNeutralContract:
      deltaNeutralContract === undefined ? undefined : typed('DeltaNeutralContract', { ...deltaNeutralContract }),
  });
}

interface OrderMessage {
  readonly orderId?: number | undefined;
  readonly contract: Contract | undefined;
  readonly order: Order | undefined;
}

export function orderOf({ orderId, contract, order }: OrderMessage): Typed | undefined {
  if (order === undefined) return undefined;
  const { conditions, softDollarTier, algoParams, orderComboLegs, ...rest } = order as Order & {
    readonly orderComboLegs?: never;
  };
  const prices = contract?.comboLegs.map((leg) => leg.perLegPrice) ?? [];
  const hasPrices = prices.some((price) => price !== undefined);
  return typed('Order', {
    ...rest,
    orderId: orderId ?? rest.orderId,
    algoParams,
    softDollarTier: typed('SoftDollarTier', {
      name: softDollarTier?.name,
      val: softDollarTier?.value,
      value: softDollarTier?.value,
      displayName: softDollarTier?.displayName,
    }),
    conditions: conditions.map(conditionOf),
    orderComboLegs: hasPrices ? prices.map((price) => typed('OrderComboLeg', { price })) : undefined,
  });
}

const CONDITIONS: { readonly [type: number]: readonly [name: string, ...rows: (keyof OrderCondition)[]] } = {
  1: ['PriceCondition', 'isMore', 'price', 'conId', 'exchange', 'triggerMethod'],
  3: ['TimeCondition', 'isMore', 'time'],
  4: ['MarginCondition', 'isMore', 'percent'],
  5: ['ExecutionCondition', 'secType', 'exchange', 'symbol'],
  6: ['VolumeCondition', 'isMore', 'volume', 'conId', 'exchange'],
  7: ['PercentChangeCondition', 'isMore', 'changePercent', 'conId', 'exchange'],
};

function conditionOf(condition: OrderCondition): Typed {
  const { conditionType = 0, isConjunctionConnection } = condition;
  const [name = `condition ${conditionType}`, ...rows] = CONDITIONS[conditionType] ?? [];
  const members = Object.fromEntries(rows.map((row) => [row, condition[row]]));
  return typed(name, { condType: conditionType, isConjunctionConnection, ...members });
}

export function orderStateOf(state: OrderState | undefined): Typed | undefined {
  if (state === undefined) return undefined;
  return typed('OrderState', {
    ...state,
    commission: state.commissionAndFees,
    minCommission: state.minCommissionAndFees,
    maxCommission: state.maxCommissionAndFees,
    commissionCurrency: state.commissionAndFeesCurrency,
    orderAllocations: state.orderAllocations.map((one) => typed('OrderAllocation', { ...one })),
  });
}

export function executionOf(execution: Execution | undefined): Typed | undefined {
  if (execution === undefined) return undefined;
  const { isLiquidation, isPriceRevisionPending, ...rest } = execution;
  return typed('Execution', { ...rest, liquidation: isLiquidation, pendingPriceRevision: isPriceRevisionPending });
}

export function barOf({ date, open, high, low, close, volume, wap, barCount }: Omit<Bar, 'hasGaps'>): Typed {
  return typed('BarData', { date, open, high, low, close, volume, wap, barCount });
}

export function scanDetailsOf(row: { readonly contract: Contract | undefined; readonly marketName: string | undefined }): Typed {
  return typed('ContractDetails', { contract: contractOf(row.contract), marketName: row.marketName });
}

interface DetailsMessage {
  readonly contract: Contract | undefined;
  readonly contractDetails: ContractDetails | undefined;
}

/** The expiry may hold date, time and zone, split at `-` or at blanks. */
function expiryParts(text: string | undefined): readonly (string | undefined)[] {
  if (text === undefined) return [];
  return text.includes('-') ? text.split('-') : text.split(/\s+/);
}

export function contractDetailsOf({ contract, contractDetails }: DetailsMessage): Typed | undefined {
  const [date, time] = expiryParts(contract?.lastTradeDateOrContractMonth);
  return detailsOf(contractDetails, contract === undefined ? undefined : { ...contract, lastTradeDateOrContractMonth: date }, {
    lastTradeTime: time,
  });
}

/** Of a bond the expiry is the maturity, and the contract keeps the text in protobuf. */
export function bondDetailsOf({ contract, contractDetails }: DetailsMessage, isProtobuf: boolean): Typed | undefined {
  const [maturity, lastTradeTime, timeZoneId] = expiryParts(contract?.lastTradeDateOrContractMonth);
  const kept = contract === undefined || isProtobuf ? contract : { ...contract, lastTradeDateOrContractMonth: undefined };
  return detailsOf(contractDetails, kept, { maturity, lastTradeTime, ...(timeZoneId === undefined ? {} : { timeZoneId }) });
}

function detailsOf(details: ContractDetails | undefined, contract: Contract | undefined, more: Members): Typed | undefined {
  if (details === undefined) return undefined;
  const { puttable, bondNotes, fundMinimumSubsequentPurchase, ineligibilityReasonList, ...rest } = details;
  return typed('ContractDetails', {
    ...rest,
    contract: contractOf(contract),
    putable: puttable,
    notes: bondNotes,
    fundSubsequentMinimumPurchase: fundMinimumSubsequentPurchase,
    ineligibilityReasonList: ineligibilityReasonList.map((one) =>
      typed('IneligibilityReason', { id_: one.id, description: one.description }),
    ),
    ...more,
  });
}
