// Contracts, orders and what belongs to them, in the shapes of @stoqey/ib and in ours.

import { decimal } from '../../client/orders/record/fills.js';
import type { MessageOf, RequestInput } from '../../protocol/registry.js';
import type { OptionType, OrderAction, OrderStatus, SecType } from './names.js';

/** A name and its value, as texts. */
export interface TagValue {
  tag: string;
  value: string;
}

/** A leg of a combination. */
export interface ComboLeg {
  conId?: number;
  ratio?: number;
  action?: string;
  exchange?: string;
  openClose?: number;
  shortSaleSlot?: number;
  designatedLocation?: string;
  exemptCode?: number;
}

/** An instrument. What an answer does not carry is 0 or empty here, as there. */
export interface Contract {
  conId?: number;
  symbol?: string;
  secType?: SecType;
  lastTradeDateOrContractMonth?: string;
  lastTradeDate?: string;
  strike?: number;
  right?: OptionType;
  multiplier?: number;
  exchange?: string;
  primaryExch?: string;
  currency?: string;
  localSymbol?: string;
  tradingClass?: string;
  includeExpired?: boolean;
  secIdType?: string;
  secId?: string;
  description?: string;
  issuerId?: string;
  comboLegsDescription?: string;
  comboLegs?: ComboLeg[];
  deltaNeutralContract?: { conId: number; delta: number; price: number };
}

type WireContract = NonNullable<MessageOf<'position'>['contract']>;
type WireOrder = NonNullable<MessageOf<'openOrder'>['order']>;
type WireOrderInput = NonNullable<RequestInput<'placeOrder'>['order']>;
type WireState = NonNullable<MessageOf<'openOrder'>['orderState']>;

/** An order: the gateway's own names. Quantities are numbers; those of the gateway are exact decimals of up to 16 digits. */
export interface Order
  extends Omit<
    { -readonly [K in keyof WireOrderInput]?: WireOrderInput[K] },
    'totalQuantity' | 'filledQuantity' | 'permId' | 'action' | 'orderType'
  > {
  orderId?: number;
  clientId?: number;
  permId?: number;
  action?: OrderAction;
  orderType?: string;
  totalQuantity?: number;
  filledQuantity?: number;
  /** Prices of the legs of a combination, in their order. */
  orderComboLegs?: { price?: number }[];
}

/** Amounts of a what-if: exact texts with us, numbers there. */
const AMOUNTS = [
  'initMarginBefore',
  'maintMarginBefore',
  'equityWithLoanBefore',
  'initMarginChange',
  'maintMarginChange',
  'equityWithLoanChange',
  'initMarginAfter',
  'maintMarginAfter',
  'equityWithLoanAfter',
] as const;

/** How an order stands, or what a what-if has told. */
export type OrderState = Omit<Partial<WireState>, 'status' | (typeof AMOUNTS)[number]> & {
  [A in (typeof AMOUNTS)[number]]?: number;
} & {
  status: OrderStatus;
  commission?: number;
  minCommission?: number;
  maxCommission?: number;
  commissionCurrency?: string;
};

/** One execution. */
export interface Execution {
  orderId?: number;
  clientId?: number;
  execId?: string;
  time?: string;
  acctNumber?: string;
  exchange?: string;
  side?: string;
  shares?: number;
  price?: number;
  permId?: number;
  liquidation?: number;
  cumQty?: number;
  avgPrice?: number;
  orderRef?: string;
  evRule?: string;
  evMultiplier?: number;
  modelCode?: string;
  lastLiquidity?: number;
  pendingPriceRevision?: boolean;
}

/** A number where a text or nothing stands: what the wire does not carry is 0. */
export const numberOr0 = (value: number | string | undefined): number =>
  value === undefined || value === '' ? 0 : Number(value);
/** An exact decimal as a number; undefined where there is none. */
export const numberOf = (value: string | undefined): number | undefined =>
  value === undefined || value === '' ? undefined : Number(value);
const text = (value: string | undefined): string => value ?? '';

/** A contract of the wire. */
export function contractOf(wire: Partial<WireContract> | undefined): Contract {
  const { right, comboLegs = [], comboLegsDescrip, primaryExchange, description, issuerId, lastTradeDate } = wire ?? {};
  const contract: Contract = {
    conId: numberOr0(wire?.conId),
    symbol: text(wire?.symbol),
    secType: text(wire?.secType) as SecType, // unknown kinds pass through
    lastTradeDateOrContractMonth: text(wire?.lastTradeDateOrContractMonth),
    strike: numberOr0(wire?.strike),
    multiplier: numberOr0(wire?.multiplier),
    exchange: text(wire?.exchange),
    currency: text(wire?.currency),
    localSymbol: text(wire?.localSymbol),
    tradingClass: text(wire?.tradingClass),
  };
  if (right === 'C' || right === 'P') contract.right = right;
  if (primaryExchange) contract.primaryExch = primaryExchange;
  if (lastTradeDate) contract.lastTradeDate = lastTradeDate;
  if (description) contract.description = description;
  if (issuerId) contract.issuerId = issuerId;
  if (comboLegsDescrip) contract.comboLegsDescription = comboLegsDescrip;
  if (comboLegs.length > 0) contract.comboLegs = comboLegs.map(({ perLegPrice: _, ...leg }) => leg as ComboLeg);
  return contract;
}

/** A contract for the wire. `expiry` is how older programs call the last trade date. */
export function wireContract(given: Contract & { expiry?: string }): NonNullable<RequestInput<'reqMktData'>['contract']> {
  const {
    primaryExch,
    multiplier,
    comboLegsDescription: _,
    lastTradeDate: __,
    description: ___,
    issuerId: ____,
    expiry,
    ...rest
  } = given;
  const date = given.lastTradeDateOrContractMonth ?? expiry;
  return known({
    ...rest,
    lastTradeDateOrContractMonth: date,
    primaryExchange: primaryExch,
    multiplier: multiplier === undefined ? undefined : String(multiplier),
  });
}

/** Without what is undefined: the wire's own "not given" stands for it. */
function known<T extends object>(given: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}

/** An order of the wire. */
export function orderOf(
  orderId: number | undefined,
  wire: WireOrder,
  legs: readonly { readonly perLegPrice?: number | undefined }[],
): Order {
  const { totalQuantity, permId, filledQuantity, ...rest } = wire;
  const order: Order = {
    ...(known<Omit<WireOrder, 'totalQuantity' | 'permId' | 'filledQuantity'>>(rest) as Order),
    orderId: orderId ?? numberOr0(wire.orderId),
    permId: numberOr0(permId),
    totalQuantity: numberOr0(totalQuantity),
  };
  if (filledQuantity !== undefined) order.filledQuantity = Number(filledQuantity);
  const prices = legs.map(({ perLegPrice }) => (perLegPrice === undefined ? {} : { price: perLegPrice }));
  if (prices.some((one) => 'price' in one)) order.orderComboLegs = prices;
  return order;
}

/** What the gateway tells and nobody sends. */
const TOLD = [
  'orderId',
  'clientId',
  'permId',
  'filledQuantity',
  'autoCancelDate',
  'parentPermId',
  'refFuturesConId',
  'shareholder',
];

/** Contract and order for the wire. A property that no table knows is refused by its name when it is sent. */
export function wireOrder(contract: Contract, order: Order): Pick<RequestInput<'placeOrder'>, 'contract' | 'order'> {
  const { totalQuantity, orderComboLegs = [], ...rest } = order;
  const told = Object.entries(rest).filter(([name]) => !TOLD.includes(name));
  const legs = contract.comboLegs?.map((leg, at) => known({ ...leg, perLegPrice: orderComboLegs[at]?.price }));
  return {
    contract: {
      ...wireContract(contract),
      ...(legs !== undefined && { comboLegs: legs }),
    } as RequestInput<'placeOrder'>['contract'],
    order: known({
      ...Object.fromEntries(told),
      totalQuantity: decimal(totalQuantity)?.toFixed(), // without an exponent: decimals of the wire have none
    }) as WireOrderInput,
  };
}

/** The state of an order. */
export function orderStateOf(wire: WireState): OrderState {
  const { status, commissionAndFees, minCommissionAndFees, maxCommissionAndFees, commissionAndFeesCurrency, ...rest } = wire;
  const amounts = Object.fromEntries(AMOUNTS.map((name) => [name, numberOf(rest[name])]));
  const costs = {
    commission: commissionAndFees,
    minCommission: minCommissionAndFees,
    maxCommission: maxCommissionAndFees,
    commissionCurrency: commissionAndFeesCurrency,
  };
  return { ...(known<object>({ ...rest, ...amounts, ...costs }) as OrderState), status: text(status) as OrderStatus };
}

/** One execution of the wire. */
export function executionOf(wire: NonNullable<MessageOf<'execDetails'>['execution']>): Execution {
  const {
    shares,
    cumQty,
    permId,
    isLiquidation,
    isPriceRevisionPending,
    submitter: _,
    optExerciseOrLapseType: __,
    ...rest
  } = wire;
  return known<Execution>({
    ...rest,
    shares: numberOf(shares),
    cumQty: numberOf(cumQty),
    permId: numberOr0(permId),
    liquidation: isLiquidation,
    pendingPriceRevision: isPriceRevisionPending,
  });
}
