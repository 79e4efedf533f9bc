// A bracket: an entry with a profit taker, a stop, or both, on the right sides of each other.

import type { PriceGrid } from '../../contracts/price-grid.js';
import { InputError } from '../../input/input-error.js';
import { namesOf, refuseOthers } from '../../input/known-properties.js';
import type { OrderDraft, Tif } from '../draft.js';
import type { Amount } from './amount.js';
import type { Attributes } from './attributes.js';
import { limit, stop, stopLimit } from './basic.js';
import type { GroupMember, OrderGroup } from './group.js';
import { snapOrder } from './snap-order.js';
import { type Trail, trail } from './trailing.js';

/** How the position is closed at a loss: a stop price, a stop with a limit, or a trail. */
export type StopLoss = Amount | { readonly stop: Amount; readonly limit: Amount } | { readonly trail: Trail };

/** How a bracket is left. One of `takeProfit` and `stopLoss` is needed. Prices in the contract's currency. */
export interface Exits {
  /** Limit price of the profit taker. */
  readonly takeProfit?: Amount;
  readonly stopLoss?: StopLoss;
  /** Time in force of both exits. Absent: the entry's, when it is DAY, GTC or GTD. */
  readonly tif?: 'DAY' | 'GTC';
  readonly outsideRth?: boolean;
  /**
   * Names the exits' OCA group: what one of them fills is taken off the other, and only one is at the market at a time. Absent: the
   * gateway ties the children of one parent by itself, without that block; `placeGroup` adds it where an account rule needs it.
   */
  readonly ocaGroup?: string;
}

const exitNames = namesOf<Exits>({ takeProfit: true, stopLoss: true, tif: true, outsideRth: true, ocaGroup: true });
const lossNames = namesOf<Extract<StopLoss, { trail: Trail } | { stop: Amount }>>({ stop: true, limit: true, trail: true });

/**
 * A bracket group: entry first, then profit taker, then stop. Throws InputError when the prices cross: a buy wants
 * stop < entry < profit, a sale the mirror. Without a price on the entry only the exits are compared.
 */
export function bracket(entry: OrderDraft, exits: Exits): OrderGroup {
  refuseOthers(exitNames, exits, 'exits.');
  if (exits.takeProfit === undefined && exits.stopLoss === undefined)
    throw new InputError('exits', 'needs takeProfit, stopLoss or both');
  if (entry.cashQty !== undefined) throw new InputError('cashQty', 'a bracket needs a quantity: its exits close exactly that');
  const action = entry.action === 'BUY' ? 'SELL' : 'BUY';
  const options = exitOptions(entry, exits);
  const members: GroupMember[] = [{ role: 'parent', order: entry }];
  if (exits.takeProfit !== undefined) {
    members.push({ role: 'takeProfit', parent: 0, order: limit(action, entry.totalQuantity, exits.takeProfit, options) });
  }
  if (exits.stopLoss !== undefined) {
    members.push({ role: 'stopLoss', parent: 0, order: stopOrder(action, entry, exits.stopLoss, options) });
  }
  const group = { members };
  coherent(group, 'as given');
  return group;
}

/**
 * The group with its exits in one OCA group of type 2 (reduce with block), so that they can never both fill. Undefined: it has not
 * both exits, or they are in a group already.
 */
export function withBlocking({ members }: OrderGroup, ocaGroup: string): OrderGroup | undefined {
  const isExit = ({ role, order }: GroupMember): boolean =>
    (role === 'takeProfit' || role === 'stopLoss') && order.ocaGroup === undefined;
  if (members.filter(isExit).length < 2) return undefined;
  return {
    members: members.map((member) =>
      isExit(member) ? { ...member, order: { ...member.order, ocaGroup, ocaType: 2 as const } } : member,
    ),
  };
}

/** The group on a price grid, proven again: prices that cross or meet by rounding are refused, not sent. */
export function snapBracket(group: OrderGroup, grid: PriceGrid): OrderGroup {
  const snapped = { members: group.members.map((member) => ({ ...member, order: snapOrder(member.order, grid) })) };
  coherent(snapped, 'after rounding to the price increments');
  return snapped;
}

type ExitOptions = Pick<
  Attributes,
  'account' | 'outsideRth' | 'ocaGroup' | 'ocaType' | 'modelCode' | 'faGroup' | 'faMethod' | 'faPercentage'
> & {
  readonly tif?: 'DAY' | 'GTC';
};

function exitOptions(entry: OrderDraft, exits: Exits): ExitOptions {
  const { account, modelCode, faGroup } = entry;
  const tif = exits.tif ?? inherited(entry.tif);
  const outsideRth = exits.outsideRth ?? entry.outsideRth;
  return {
    ...(account !== undefined && { account }),
    ...(modelCode !== undefined && { modelCode }),
    ...(faGroup !== undefined && { faGroup }),
    ...(tif !== undefined && { tif }),
    ...(outsideRth !== undefined && { outsideRth }),
    ...(exits.ocaGroup !== undefined && { ocaGroup: exits.ocaGroup, ocaType: 2 as const }),
  };
}

// An exit must outlive the entry: a date of the entry becomes GTC, what is immediate says nothing about the exit.
function inherited(tif: Tif | undefined): 'DAY' | 'GTC' | undefined {
  if (tif === 'DAY') return 'DAY';
  return tif === 'GTC' || tif === 'GTD' ? 'GTC' : undefined;
}

function stopOrder(action: 'BUY' | 'SELL', entry: OrderDraft, loss: StopLoss, options: ExitOptions): OrderDraft {
  const size = entry.totalQuantity;
  if (typeof loss === 'object' && ('trail' in loss || 'stop' in loss)) refuseOthers(lossNames, loss, 'stopLoss.');
  if (typeof loss === 'object' && 'trail' in loss) return trail(action, size, loss.trail, options);
  if (typeof loss === 'object' && 'stop' in loss) return stopLimit(action, size, loss.stop, loss.limit, options);
  return stop(action, size, loss, options);
}

function coherent({ members }: OrderGroup, when: string): void {
  const entry = members[0]?.order;
  if (entry === undefined) return;
  const profit = members.find((member) => member.role === 'takeProfit')?.order.lmtPrice;
  const loss = members.find((member) => member.role === 'stopLoss')?.order;
  const stopPrice = loss?.orderType === 'TRAIL' ? loss.trailStopPrice : loss?.auxPrice;
  const direction = entry.action === 'BUY' ? 1 : -1;
  const below = (a: number, b: number): boolean => direction * (b - a) > 0;
  const refuse = (field: string, what: string): never => {
    throw new InputError(
      field,
      `${what} ${when}: a ${entry.action} wants ${direction > 0 ? 'stop < entry < profit' : 'profit < entry < stop'}`,
    );
  };
  for (const price of entryPrices(entry)) {
    if (profit !== undefined && !below(price, profit)) refuse('takeProfit', `${profit} is not beyond the entry at ${price}`);
    if (stopPrice !== undefined && !below(stopPrice, price))
      refuse('stopLoss', `${stopPrice} is not before the entry at ${price}`);
  }
  if (profit !== undefined && stopPrice !== undefined && !below(stopPrice, profit))
    refuse('stopLoss', `${stopPrice} is not before the profit taker at ${profit}`);
}

function entryPrices(entry: OrderDraft): readonly number[] {
  switch (entry.orderType) {
    case 'LMT':
    case 'LOC':
      return known(entry.lmtPrice);
    case 'STP':
    case 'MIT':
    case 'STP PRT':
      return known(entry.auxPrice);
    case 'STP LMT':
    case 'LIT':
      return [...known(entry.lmtPrice), ...known(entry.auxPrice)];
    default:
      return [];
  }
}

function known(price: number | undefined): readonly number[] {
  return price === undefined ? [] : [price];
}
