// Orders at work as the rules read them: of this session, of others, and what only executions tell of.
import type { OrderFacts, WorkingOrder } from '../../../rules/types.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import type { OrderDraft } from '../draft.js';
import type { ReportedOrder } from '../record/trade-types.js';
import { instructionOf } from '../recover/doubtful.js';
import type { Trade } from '../trade.js';
import { contractFacts, type ExtraFacts } from './contract-facts.js';
import { orderFacts, ruleId, type Translator, type WholeFacts } from './facts.js';

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

/** A live trade as a working order. `unsettled`: executed quantity that the account's numbers do not show yet. */
export function workingOrder(
  trade: Trade,
  own: number,
  unsettled: string | undefined,
  known: Knowledge,
  extra: ExtraFacts | undefined,
): WorkingOrder {
  const { draft, reported, isPlaced, sentAt } = trade;
  const contract = contractFacts(trade.contract ?? {}, known, extra);
  const identified = (terms: Parameters<typeof orderFacts>[1]): WholeFacts => {
    const facts = orderFacts(contract, terms);
    facts.act = instructionOf(trade);
    facts.orderId = ruleId(trade, own);
    facts.account = trade.account;
    facts.parentId = facts.parentId === undefined ? undefined : String(facts.parentId);
    return facts;
  };
  const told = reported?.totalQuantity === undefined ? (draft ?? reported) : reported;
  const facts = identified(told ?? executedTerms(trade));
  facts.totalQuantity = trade.total?.toFixed() ?? facts.totalQuantity;
  facts.remaining = unsettled ?? trade.remaining?.toFixed();
  // Of orders of others nobody knows how old they are; one of ours that waits for its turn does not grow older.
  if (isPlaced && sentAt === undefined) facts.ageSeconds = 0;
  if (isPlaced) facts.sentAt = sentAt;
  // Terms on their way to it: the old order may fill, and so may the new one, and the rules count the dearer.
  if (trade.asked === 'modify' && draft !== undefined) facts.alternatives = [identified(draft)];
  return facts;
}

/** Of an order that only its executions tell of. */
function executedTerms({ fills }: Trade): OrderDraft {
  const [first] = fills;
  if (first === undefined) return { action: 'BUY', orderType: 'MKT', totalQuantity: '0' };
  const dearest = fills.reduce((most, { price }) => (price.gt(most) ? price : most), first.price);
  const action = first.side === 'BOT' ? 'BUY' : 'SELL';
  return { action, orderType: 'LMT', lmtPrice: dearest.toNumber(), totalQuantity: '0' };
}
