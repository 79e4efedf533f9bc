// Orders at work as the rules read them: of this session, of others, and what only executions tell of.
import type Big from 'big.js';
import { limitOf, orderTypes } from '../../../rules/facts/order-types.js';
import type { OrderFacts, WorkingOrder } from '../../../rules/types.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import type { OrderDraft } from '../draft.js';
import { isEnd } from '../record/trade-state.js';
import type { ReportedOrder } from '../record/trade-types.js';
import { instructionOf } from '../recover/doubtful.js';
import type { Trade } from '../trade.js';
import { contractFacts, type ExtraFacts } from './contract-facts.js';
import { orderFacts, type Translator, type WholeFacts } from './facts.js';
import { idUnder, ruleId } from './rule-id.js';

const NO_TERMS: Partial<ReportedOrder> = {};
const read = new WeakMap<OrderDraft | Partial<ReportedOrder>, OrderFacts>();

/** A live order of this session as guards see it; made once while neither it nor what is known of its contract changes. */
export function workingFacts({ contract, draft, reported }: Trade, { known, extra }: Translator): OrderFacts {
  const facts = contractFacts(contract ?? {}, known, extra);
  const terms = draft ?? reported ?? NO_TERMS;
  const found = read.get(terms);
  if (found?.contract === facts) return found;
  const made = orderFacts(facts, terms);
  read.set(terms, made);
  return made;
}

/** Nothing but the market says what it fills at, or where it begins; a cap that a pegged order carries is a bound of its own. */
export function isAtMarket(order: OrderFacts): boolean {
  const { orderType, act, contract } = order;
  if (act !== undefined || contract.secType === 'BAG' || orderTypes.get(orderType)?.bound !== 'reference') return false;
  return limitOf(order) === undefined || orderType.startsWith('TRAIL');
}

/**
 * A live trade as a working order. `unsettled`: executed quantity that the account's numbers do not show yet; `price`: what an order
 * at the market is counted at now.
 */
export function workingOrder(
  trade: Trade,
  own: number,
  unsettled: Big | undefined,
  known: Knowledge,
  extra: ExtraFacts | undefined,
  price: (trade: Trade) => string | undefined,
): WorkingOrder {
  const { draft, reported, isPlaced, sentAt } = trade;
  // An order with two permIds may be two orders.
  const copies = Math.max(1, trade.record.permIds.length);
  const contract = contractFacts(trade.contract ?? {}, known, extra);
  const identified = (terms: Parameters<typeof orderFacts>[1]): WholeFacts => {
    const facts = orderFacts(contract, terms);
    facts.act = instructionOf(trade);
    facts.orderId = ruleId(trade, own);
    facts.account = trade.account;
    if (facts.parentId !== undefined) facts.parentId = idUnder(trade.clientId, facts.parentId, own);
    if (isAtMarket(facts)) facts.reference = price(trade);
    return facts;
  };
  const told = reported?.totalQuantity === undefined ? (draft ?? reported) : reported;
  const facts = identified(told ?? executedTerms(trade));
  // What was executed at the market has its price: nothing of it is left to be bounded.
  if (unsettled !== undefined && isEnd(trade.state) && isPurchase(facts)) Object.assign(facts, paid(trade.fills));
  facts.totalQuantity = trade.total?.toFixed() ?? facts.totalQuantity;
  // Of an order by an amount of money that lives nobody knows what is left: all of it, executed or not.
  const isExecuted = isEnd(trade.state) || told === undefined;
  const left = trade.remaining?.times(copies).plus(unsettled ?? 0);
  facts.remaining = (isExecuted && unsettled !== undefined ? unsettled : left)?.toFixed();
  if (facts.ocaGroup !== undefined) facts.executed = unsettled?.toFixed();
  // Of orders of others nobody knows how old they are; one of ours that waits for its turn does not grow older.
  if (isPlaced && sentAt === undefined) facts.ageSeconds = 0;
  if (isPlaced) facts.sentAt = sentAt;
  // Terms on their way to it: the old order may fill, and so may the new one, and the rules count the dearer.
  if (trade.asked === 'modify' && draft !== undefined) facts.alternatives = [identified(draft)];
  return facts;
}

const isPurchase = ({ action, act, contract }: WholeFacts): boolean =>
  action === 'BUY' && act === undefined && contract.secType !== 'BAG';

/** The dearest price that was paid, as a limit; nothing where none is told. */
function paid(fills: Trade['fills']): Partial<WholeFacts> {
  const [first] = fills;
  return first === undefined ? {} : { orderType: 'LMT', lmtPrice: dearestOf(fills, first.price).toFixed(), ...NO_OTHER_PRICE };
}

const NO_OTHER_PRICE = { discretionaryAmt: undefined, adjustedOrderType: undefined, scalePriceAdjustValue: undefined } as const;

function dearestOf(fills: Trade['fills'], first: Big): Big {
  return fills.reduce((most, { price }) => (price.gt(most) ? price : most), first);
}

/** Of an order that only its executions tell of. */
function executedTerms({ fills }: Trade): OrderDraft {
  const [first] = fills;
  if (first === undefined) return { action: 'BUY', orderType: 'MKT', totalQuantity: '0' };
  const dearest = dearestOf(fills, first.price);
  const action = first.side === 'BOT' ? 'BUY' : 'SELL';
  return { action, orderType: 'LMT', lmtPrice: dearest.toNumber(), totalQuantity: '0' };
}
