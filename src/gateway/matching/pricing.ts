/** The price an order works at, found from its type and the quote. */

import type { EngineState } from './engine-state.js';
import type { InstrumentBook } from './instrument-book.js';
import type { LiveOrder } from './live-order.js';
import { middleOf, roundToStep } from './steps.js';

/** `undefined`: at market. `'none'`: it cannot be priced now and waits. */
export type WorkingPrice = number | undefined | 'none';

/** Whether the price follows the quote and has to be found again with every move. */
export function isFloating(order: LiveOrder): boolean {
  const { pricing, snaps } = order.kind;
  return !snaps && (pricing === 'primary' || pricing === 'far' || pricing === 'mid' || pricing === 'bench');
}

export function workingPrice(state: EngineState, order: LiveOrder, book: InstrumentBook): WorkingPrice {
  const { quote } = book;
  const { order: fields, isBuy } = order;
  const toward = isBuy ? 1 : -1;
  switch (order.kind.pricing) {
    case 'market':
      return undefined;
    case 'limit': {
      const shown = order.limit ?? fields.lmtPrice;
      return shown === undefined ? 'none' : shown + toward * (order.parts ? 0 : (fields.discretionaryAmt ?? 0));
    }
    case 'protected':
      return step(state, book, quote.last * (1 + toward * 0.01), isBuy);
    case 'touchThenLimit':
      return order.limit ?? (isBuy ? quote.ask : quote.bid);
    case 'primary': {
      const near = isBuy ? quote.bid : quote.ask;
      const offset = fields.percentOffset === undefined ? (fields.auxPrice ?? 0) : near * fields.percentOffset;
      const side = fields.orderType === 'PASSV REL' ? -toward : toward;
      return cap(
        order,
        step(
          state,
          book,
          near + side * (fields.orderType === 'PEG BEST' ? (fields.competeAgainstBestOffset ?? 0) : offset),
          isBuy,
        ),
      );
    }
    case 'far':
      return cap(order, step(state, book, (isBuy ? quote.ask : quote.bid) - toward * (fields.auxPrice ?? 0), isBuy));
    case 'mid':
      return cap(order, middleOf(quote.bid, quote.ask) - toward * (fields.auxPrice ?? 0));
    case 'bench':
      return benchmark(state, order, book);
  }
}

function cap(order: LiveOrder, price: number): number {
  const limit = order.order.lmtPrice;
  if (!limit) return price;
  return order.isBuy ? Math.min(price, limit) : Math.max(price, limit);
}

/** Onto the grid, away from the other side. */
function step(state: EngineState, book: InstrumentBook, price: number, isBuy: boolean): number {
  return roundToStep(price, state.setup.market.tickAt(book.instrument.conId, price), isBuy ? 'down' : 'up');
}

function benchmark(state: EngineState, order: LiveOrder, book: InstrumentBook): WorkingPrice {
  const { startingPrice, stockRefPrice, referenceContractId, peggedChangeAmount, referenceChangeAmount } = order.order;
  if (startingPrice === undefined || !referenceContractId || !referenceChangeAmount) return 'none';
  const reference = state.setup.market.quote(referenceContractId);
  const moved = Math.trunc((reference.last - (stockRefPrice ?? reference.last)) / referenceChangeAmount);
  const direction = order.order.isPeggedChangeAmountDecrease ? -1 : 1;
  const low = order.order.stockRangeLower;
  const high = order.order.stockRangeUpper;
  if ((low !== undefined && reference.last < low) || (high !== undefined && reference.last > high)) return 'none';
  return step(state, book, startingPrice + moved * direction * (peggedChangeAmount ?? 0), order.isBuy);
}
