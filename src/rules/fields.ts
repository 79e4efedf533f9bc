// Every field of an order and its contract, and whether an account under rules may set it. A new field breaks the build here.
import type { AttachedOrders } from '../protocol/records/attached-orders.js';
import type { ComboLeg } from '../protocol/records/combo-leg.js';
import type { Contract } from '../protocol/records/contract.js';
import type { Order } from '../protocol/records/order.js';

/**
 * `understood`: a rule reads it. `harmless`: it cannot change size, side, price, contract or account, and why. `refused`: it could,
 * and no rule understands it yet.
 */
export type FieldClass = 'understood' | 'refused' | `harmless: ${string}`;
type Table<T> = Readonly<Record<keyof T, FieldClass>>;

/** Fields of the order record. */
export const orderFields: Table<Order> = {
  clientId: 'harmless: told, never sent',
  orderId: 'understood',
  permId: 'harmless: told, never sent',
  parentId: 'understood',
  action: 'understood',
  totalQuantity: 'understood',
  displaySize: 'harmless: shows less of the same size',
  orderType: 'understood',
  lmtPrice: 'understood',
  auxPrice: 'understood',
  tif: 'understood',
  account: 'understood',
  settlingFirm: 'refused',
  clearingAccount: 'refused',
  clearingIntent: 'refused',
  allOrNone: 'harmless: shows less of the same size',
  blockOrder: 'harmless: shows less of the same size',
  hidden: 'harmless: shows less of the same size',
  outsideRth: 'harmless: says when',
  sweepToFill: 'harmless: shows less of the same size',
  percentOffset: 'understood',
  trailingPercent: 'understood',
  trailStopPrice: 'understood',
  minQty: 'harmless: shows less of the same size',
  goodAfterTime: 'harmless: says when',
  goodTillDate: 'harmless: says when',
  ocaGroup: 'understood',
  orderRef: 'harmless: a mark',
  rule80A: 'harmless: a mark',
  ocaType: 'understood',
  triggerMethod: 'harmless: says when',
  activeStartTime: 'harmless: says when',
  activeStopTime: 'harmless: says when',
  faGroup: 'refused',
  faMethod: 'refused',
  faPercentage: 'refused',
  volatility: 'harmless: price of a type that is reserved at the market',
  volatilityType: 'harmless: price of a type that is reserved at the market',
  continuousUpdate: 'harmless: price of a type that is reserved at the market',
  referencePriceType: 'harmless: price of a type that is reserved at the market',
  deltaNeutralOrderType: 'refused',
  deltaNeutralAuxPrice: 'refused',
  deltaNeutralConId: 'refused',
  deltaNeutralOpenClose: 'refused',
  deltaNeutralShortSale: 'refused',
  deltaNeutralShortSaleSlot: 'refused',
  deltaNeutralDesignatedLocation: 'refused',
  scaleInitLevelSize: 'refused',
  scaleSubsLevelSize: 'refused',
  scalePriceIncrement: 'refused',
  scalePriceAdjustValue: 'refused',
  scalePriceAdjustInterval: 'refused',
  scaleProfitOffset: 'refused',
  scaleAutoReset: 'refused',
  scaleInitPosition: 'refused',
  scaleInitFillQty: 'refused',
  scaleRandomPercent: 'refused',
  scaleTable: 'refused',
  hedgeType: 'refused',
  hedgeParam: 'refused',
  algoStrategy: 'understood',
  algoParams: 'harmless: how it is worked inside its price',
  algoId: 'harmless: a mark',
  smartComboRoutingParams: 'understood',
  whatIf: 'understood',
  transmit: 'harmless: sends or keeps the whole order',
  overridePercentageConstraints: 'harmless: lifts a check of others',
  openClose: 'harmless: a mark',
  origin: 'harmless: a mark',
  shortSaleSlot: 'refused',
  designatedLocation: 'refused',
  exemptCode: 'refused',
  deltaNeutralSettlingFirm: 'refused',
  deltaNeutralClearingAccount: 'refused',
  deltaNeutralClearingIntent: 'refused',
  discretionaryAmt: 'understood',
  optOutSmartRouting: 'harmless: how it is worked inside its price',
  startingPrice: 'harmless: price of a type that is reserved at the market',
  stockRefPrice: 'harmless: price of a type that is reserved at the market',
  delta: 'harmless: price of a type that is reserved at the market',
  stockRangeLower: 'harmless: price of a type that is reserved at the market',
  stockRangeUpper: 'harmless: price of a type that is reserved at the market',
  notHeld: 'harmless: how it is worked inside its price',
  orderMiscOptions: 'refused',
  solicited: 'harmless: a mark',
  randomizeSize: 'refused',
  randomizePrice: 'refused',
  referenceContractId: 'harmless: price of a type that is reserved at the market',
  peggedChangeAmount: 'harmless: price of a type that is reserved at the market',
  isPeggedChangeAmountDecrease: 'harmless: price of a type that is reserved at the market',
  referenceChangeAmount: 'harmless: price of a type that is reserved at the market',
  referenceExchangeId: 'harmless: price of a type that is reserved at the market',
  adjustedOrderType: 'understood',
  triggerPrice: 'understood',
  adjustedStopPrice: 'understood',
  adjustedStopLimitPrice: 'understood',
  adjustedTrailingAmount: 'understood',
  adjustableTrailingUnit: 'understood',
  lmtPriceOffset: 'understood',
  conditions: 'understood',
  conditionsCancelOrder: 'understood',
  conditionsIgnoreRth: 'harmless: says when',
  modelCode: 'refused',
  extOperator: 'harmless: a mark',
  softDollarTier: 'refused',
  cashQty: 'understood',
  mifid2DecisionMaker: 'harmless: a mark',
  mifid2DecisionAlgo: 'harmless: a mark',
  mifid2ExecutionTrader: 'harmless: a mark',
  mifid2ExecutionAlgo: 'harmless: a mark',
  dontUseAutoPriceForHedge: 'refused',
  isOmsContainer: 'refused',
  discretionaryUpToLimitPrice: 'harmless: how it is worked inside its price',
  autoCancelDate: 'harmless: told, never sent',
  filledQuantity: 'harmless: told, never sent',
  refFuturesConId: 'harmless: told, never sent',
  autoCancelParent: 'harmless: sends or keeps the whole order',
  shareholder: 'harmless: told, never sent',
  imbalanceOnly: 'harmless: says when',
  routeMarketableToBbo: 'harmless: how it is worked inside its price',
  parentPermId: 'harmless: told, never sent',
  usePriceMgmtAlgo: 'harmless: how it is worked inside its price',
  duration: 'harmless: says when',
  postToAts: 'harmless: how it is worked inside its price',
  advancedErrorOverride: 'harmless: lifts a check of others',
  manualOrderTime: 'harmless: says when',
  minTradeQty: 'harmless: shows less of the same size',
  minCompeteSize: 'harmless: shows less of the same size',
  competeAgainstBestOffset: 'harmless: price of a type that is reserved at the market',
  midOffsetAtWhole: 'harmless: price of a type that is reserved at the market',
  midOffsetAtHalf: 'harmless: price of a type that is reserved at the market',
  customerAccount: 'refused',
  professionalCustomer: 'harmless: a mark',
  bondAccruedInterest: 'harmless: told, never sent',
  includeOvernight: 'harmless: says when',
  manualOrderIndicator: 'harmless: says when',
  submitter: 'harmless: told, never sent',
  deactivate: 'harmless: sends or keeps the whole order',
  postOnly: 'harmless: how it is worked inside its price',
  allowPreOpen: 'harmless: says when',
  ignoreOpenAuction: 'harmless: says when',
  seekPriceImprovement: 'harmless: how it is worked inside its price',
  whatIfType: 'harmless: sends or keeps the whole order',
  hedgeMaxSize: 'refused',
  conditionsIncludeOvernight: 'harmless: says when',
  sharesAllocation: 'refused',
  faProfile: 'refused',
  auctionStrategy: 'harmless: how it is worked inside its price',
  eTradeOnly: 'harmless: told, never sent',
  firmQuoteOnly: 'harmless: told, never sent',
  nbboPriceCap: 'harmless: told, never sent',
  basisPoints: 'refused',
  basisPointsType: 'refused',
};

const TOLD: FieldClass = 'harmless: told, never sent';

/** Fields of an order that the gateway tells and nobody sends: an order that is written anew from a told one leaves without them. */
export const toldFields: readonly string[] = Object.entries(orderFields).flatMap(([name, field]) =>
  field === TOLD ? [name] : [],
);

/** Fields of an order that can change what it trades. */
export const tradedFields = (Object.keys(orderFields) as (keyof Order)[]).filter((name) => !orderFields[name].startsWith('h'));

/** Presets that make the terminal write orders of its own. */
export const attachedFields: Table<AttachedOrders> = {
  slOrderId: 'refused',
  slOrderType: 'refused',
  ptOrderId: 'refused',
  ptOrderType: 'refused',
};

/** Fields of the contract record. */
export const contractFields: Table<Contract> = {
  conId: 'understood',
  symbol: 'understood',
  secType: 'understood',
  lastTradeDateOrContractMonth: 'understood',
  strike: 'understood',
  right: 'understood',
  multiplier: 'understood',
  exchange: 'understood',
  primaryExchange: 'harmless: tells lines of one symbol apart, all judged by symbol and currency',
  currency: 'understood',
  localSymbol: 'harmless: a second name, which the gateway refuses where it differs',
  tradingClass: 'understood',
  secIdType: 'refused',
  secId: 'refused',
  description: 'harmless: told, never sent',
  issuerId: 'refused',
  deltaNeutralContract: 'refused',
  includeExpired: 'harmless: a word of searches',
  comboLegsDescrip: 'harmless: told, never sent',
  comboLegs: 'understood',
  lastTradeDate: 'harmless: told, never sent',
};

/** Fields of one leg of a combination. */
export const legFields: Table<ComboLeg> = {
  conId: 'understood',
  ratio: 'understood',
  action: 'understood',
  exchange: 'harmless: where the leg trades',
  openClose: 'harmless: a mark',
  shortSaleSlot: 'refused',
  designatedLocation: 'refused',
  exemptCode: 'refused',
  perLegPrice: 'refused',
};

/** Values that say nothing, beside undefined, null, false, zero and what is empty. */
const SAYS_NOTHING: Readonly<Record<string, unknown>> = {
  exemptCode: -1,
  clearingIntent: 'IB',
  adjustedOrderType: 'None',
  deltaNeutralOrderType: 'None',
};

/** Strategies of the broker that work an order inside its own terms. */
const STRATEGIES: ReadonlySet<unknown> = new Set([
  'Adaptive',
  'ArrivalPx',
  'ClosePx',
  'DarkIce',
  'AD',
  'PctVol',
  'PctVolPx',
  'PctVolSz',
  'PctVolTm',
  'Twap',
  'Vwap',
  'BalanceImpactRisk',
  'MinImpact',
]);

/** Routing of combinations that neither loosens their price nor lets them go to the market. */
const ROUTING: ReadonlySet<unknown> = new Set([
  ...['NonGuaranteed', 'PriceCondConid', 'CondPriceMax', 'CondPriceMin', 'DontLeginNext', 'LeginPrio', 'MaxSegSize'],
]);

function isRouting(one: unknown): boolean {
  const { tag, value } = (one ?? {}) as { readonly tag?: unknown; readonly value?: unknown };
  return ROUTING.has(tag) && (tag !== 'NonGuaranteed' || value === '0' || value === '1');
}

/** Fields of which only some values are understood. */
const READABLE: Readonly<Record<string, (value: unknown) => boolean>> = {
  algoStrategy: (value) => STRATEGIES.has(value),
  smartComboRoutingParams: (value) => Array.isArray(value) && value.every(isRouting),
};

function isSet(name: string, value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '' || value === '0') return false;
  if (SAYS_NOTHING[name] === value) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.entries(value).some(([key, inner]) => isSet(key, inner));
}

function unread(given: object, table: ReadonlyMap<string, FieldClass>, under: string, found: string[]): void {
  for (const name in given) {
    const value = (given as Record<string, unknown>)[name];
    if (!isSet(name, value)) continue;
    const known = table.get(name);
    const isRead = known !== undefined && known !== 'refused' && READABLE[name]?.(value) !== false;
    if (!isRead) found.push(`${under}${name}`);
  }
}

const mapOf = (...tables: readonly Readonly<Record<string, FieldClass>>[]): ReadonlyMap<string, FieldClass> =>
  new Map(tables.flatMap((table) => Object.entries(table)));
const [ofOrder, ofContract, ofLeg] = [mapOf(orderFields, attachedFields), mapOf(contractFields), mapOf(legFields)];

/** Names of the properties that are set and that no rule understands, those that no table knows among them. */
export function unjudgedOf(order: object, contract: object = {}): readonly string[] {
  const found: string[] = [];
  unread(order, ofOrder, '', found);
  unread(contract, ofContract, '', found);
  const legs = 'comboLegs' in contract && Array.isArray(contract.comboLegs) ? contract.comboLegs : [];
  for (const leg of legs as readonly unknown[]) {
    if (typeof leg === 'object' && leg !== null) unread(leg, ofLeg, 'comboLegs.', found);
    else found.push('comboLegs');
  }
  return found;
}
