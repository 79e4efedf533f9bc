// One stream of quotes to one client: remembers what it told and tells what is new, in ticks.
import { V } from '../../../protocol/versions.js';
import type { Instrument } from '../../world/instrument.js';
import type { Quote } from '../../world/market-view.js';
import type { Client } from '../client.js';
import { isInLots, type Lens, LOT, lensOf, wholeLots } from '../lens.js';
import type { OptionBoard } from './option-ticks.js';
import { priceTemplate, sizeTemplate, type TickTemplate, writePrice, writeSize } from './tick-template.js';

/** Tick types of a quote, live and delayed. */
interface Types {
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  readonly bidSize: number;
  readonly askSize: number;
  readonly lastSize: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  readonly close: number;
  readonly open: number;
  readonly lastTime: number;
  readonly halted: number;
}

const LIVE: Types = {
  bidSize: 0,
  bid: 1,
  ask: 2,
  askSize: 3,
  last: 4,
  lastSize: 5,
  high: 6,
  low: 7,
  volume: 8,
  close: 9,
  open: 14,
  lastTime: 45,
  halted: 49,
};
const DELAYED: Types = {
  bid: 66,
  ask: 67,
  last: 68,
  bidSize: 69,
  askSize: 70,
  lastSize: 71,
  high: 72,
  low: 73,
  volume: 74,
  close: 75,
  open: 76,
  lastTime: 88,
  halted: 90,
};

/** The mask of a bid or ask that can be traded at by itself. */
const EXECUTABLE = 1;

export class QuoteStream {
  readonly client: Client;
  readonly reqId: number;
  readonly instrument: Instrument;
  readonly isDelayed: boolean;
  readonly #types: Types;
  readonly #options: OptionBoard;
  readonly #hasTrades: boolean;
  readonly #isOption: boolean;
  /** What a size and a volume are divided by: older servers, and a setting of the terminal, count US shares in hundreds. */
  readonly #sizeUnit: number;
  readonly #volumeUnit: number;
  readonly #lens: Lens;
  readonly #prices: (TickTemplate | undefined)[] = [];
  readonly #sizes: (TickTemplate | undefined)[] = [];
  #told: Quote | undefined;

  constructor(client: Client, reqId: number, instrument: Instrument, isDelayed: boolean, options: OptionBoard) {
    this.client = client;
    this.reqId = reqId;
    this.instrument = instrument;
    this.isDelayed = isDelayed;
    this.#types = isDelayed ? DELAYED : LIVE;
    this.#options = options;
    this.#hasTrades = !['CASH', 'CMDTY', 'CFD'].includes(instrument.secType);
    this.#isOption = instrument.secType === 'OPT' || instrument.secType === 'FOP';
    const isUsStock = instrument.secType === 'STK' && instrument.currency === 'USD';
    const unit = (sharesSince: number): number =>
      isInLots(client.terminal, instrument) || (isUsStock && client.serverVersion < sharesSince) ? LOT : 1;
    this.#sizeUnit = unit(V.MARKET_DATA_IN_SHARES);
    this.#volumeUnit = unit(V.MARKET_DATA_VOLUMES_IN_SHARES);
    this.#lens = lensOf(client.terminal, instrument, this.#sizeUnit);
  }

  /** Everything a client is told at the start, or in a snapshot. A closed market has no bid and no ask. */
  begin(given: Quote, as: 'stream' | 'snapshot', isFrozen: boolean): void {
    const quote = this.#lens.quote(given);
    this.#told = quote;
    const isOpen = quote.session !== 'closed' || isFrozen;
    if (this.instrument.secType === 'CASH') this.#beginCurrency(quote, isOpen);
    else if (this.isDelayed) this.#beginDelayed(quote, as, isOpen);
    else this.#beginLive(quote, isOpen);
    if (this.#isOption && isOpen) this.#options.tell(this, quote, undefined);
  }

  #beginLive(quote: Quote, isOpen: boolean): void {
    const types = this.#types;
    if (this.instrument.secType !== 'IND') {
      this.#quoted(types.bid, types.bidSize, isOpen ? quote.bid : -1, isOpen ? quote.bidSize : 0);
      this.#quoted(types.ask, types.askSize, isOpen ? quote.ask : -1, isOpen ? quote.askSize : 0);
    }
    if (this.#hasTrades) {
      const size = this.#lens.traded(quote.lastSize);
      this.#price(types.last, quote.last, size, 0);
      if (size > 0) this.#size(types.lastSize, size);
      this.#text(types.lastTime, secondsOf(quote));
    }
    this.#day(quote);
    if (isOpen) this.#price(types.open, quote.open, 0, 0);
    this.#generic(types.halted, quote.halted ? 1 : 0);
  }

  /** Delayed data: sizes stand beside prices alone. A stream begins with the day and ends with the quote, a snapshot the other way. */
  #beginDelayed(quote: Quote, as: 'stream' | 'snapshot', isOpen: boolean): void {
    const types = this.#types;
    const sides = (): void => {
      if (!isOpen || this.instrument.secType === 'IND') return;
      this.#quoted(types.bid, types.bidSize, quote.bid, quote.bidSize);
      this.#quoted(types.ask, types.askSize, quote.ask, quote.askSize);
    };
    const trade = (): void => {
      if (!this.#hasTrades) return;
      this.#price(types.last, quote.last, this.#lens.traded(quote.lastSize), 0);
      this.#text(types.lastTime, secondsOf(quote));
    };
    const opening = (): void => {
      if (isOpen) this.#price(types.open, quote.open, 0, 0);
    };
    const day = (): void => this.#day(quote);
    const steps = as === 'snapshot' ? [sides, trade, day, opening] : [opening, day, trade, sides];
    for (const step of steps) step();
  }

  #day(quote: Quote): void {
    const types = this.#types;
    this.#price(types.high, quote.high, 0, 0);
    this.#price(types.low, quote.low, 0, 0);
    if (this.#hasTrades && quote.volume > 0) this.#size(types.volume, wholeLots(quote.volume, this.#volumeUnit));
    this.#price(types.close, quote.close, 0, 0);
  }

  /** A currency tells time and halt first, then the day, and its quote last; it has no trade, no volume and no open. */
  #beginCurrency(quote: Quote, isOpen: boolean): void {
    const types = this.#types;
    this.#text(types.lastTime, secondsOf(quote));
    this.#generic(types.halted, quote.halted ? 1 : 0);
    this.#price(types.high, quote.high, 0, 0);
    this.#price(types.low, quote.low, 0, 0);
    this.#price(types.close, quote.close, 0, 0);
    this.#quoted(types.bid, types.bidSize, isOpen ? quote.bid : -1, isOpen ? quote.bidSize : 0);
    this.#quoted(types.ask, types.askSize, isOpen ? quote.ask : -1, isOpen ? quote.askSize : 0);
  }

  /** What is new in a move. */
  move(given: Quote): void {
    const told = this.#told;
    if (!this.client.isOpen) return;
    if (told === undefined) {
      // It was opened while nothing flowed: this is its beginning.
      this.begin(given, 'stream', false);
      return;
    }
    const quote = this.#lens.quote(given);
    this.#told = quote;
    const types = this.#types;
    if (quote.halted !== told.halted) this.#generic(types.halted, quote.halted ? 1 : 0);
    if (quote.session !== told.session && (quote.session === 'closed') !== (told.session === 'closed')) {
      this.#turn(quote);
      return;
    }
    if (this.instrument.secType !== 'IND') {
      if (quote.bid !== told.bid) this.#quoted(types.bid, types.bidSize, quote.bid, quote.bidSize);
      else if (quote.bidSize !== told.bidSize) this.#size(types.bidSize, this.#lens.quoted(quote.bidSize));
      if (quote.ask !== told.ask) this.#quoted(types.ask, types.askSize, quote.ask, quote.askSize);
      else if (quote.askSize !== told.askSize) this.#size(types.askSize, this.#lens.quoted(quote.askSize));
    }
    if (this.#hasTrades && (quote.lastTime !== told.lastTime || quote.last !== told.last)) {
      const size = this.#lens.traded(quote.lastSize);
      if (secondsOf(quote) !== secondsOf(told)) this.#text(types.lastTime, secondsOf(quote));
      if (quote.last !== told.last) this.#price(types.last, quote.last, size, 0);
      if (size > 0 && !(this.isDelayed && quote.last !== told.last)) this.#size(types.lastSize, size);
      if (quote.volume !== told.volume) this.#size(types.volume, wholeLots(quote.volume, this.#volumeUnit));
    }
    if (quote.high !== told.high) this.#price(types.high, quote.high, 0, 0);
    if (quote.low !== told.low) this.#price(types.low, quote.low, 0, 0);
    if (quote.close !== told.close) this.#price(types.close, quote.close, 0, 0);
    if (quote.open !== told.open) this.#price(types.open, quote.open, 0, 0);
    if (this.#isOption) this.#options.tell(this, quote, told);
  }

  /** The market opened or closed: a closed one has neither bid nor ask. */
  #turn(quote: Quote): void {
    const types = this.#types;
    const isOpen = quote.session !== 'closed';
    if (this.instrument.secType === 'IND') return;
    this.#quoted(types.bid, types.bidSize, isOpen ? quote.bid : -1, isOpen ? quote.bidSize : 0);
    this.#quoted(types.ask, types.askSize, isOpen ? quote.ask : -1, isOpen ? quote.askSize : 0);
  }

  /** A side of the quote: clients take the size from tickSize alone, so both are sent; delayed data has it in the price's message. */
  #quoted(priceType: number, sizeType: number, price: number, size: number): void {
    const shown = this.#lens.quoted(size);
    this.#price(priceType, price, shown, this.isDelayed ? 0 : EXECUTABLE);
    if (!this.isDelayed) this.#size(sizeType, shown);
  }

  #price(tickType: number, price: number, size: number, mask: number): void {
    const { client, reqId } = this;
    if (!client.isPlain) {
      client.send('tickPrice', { reqId, tickType, price, size, attribMask: mask });
      return;
    }
    let template = this.#prices[tickType];
    if (template === undefined) {
      template = priceTemplate(client, reqId, tickType, mask);
      this.#prices[tickType] = template;
    }
    if (template === undefined) client.send('tickPrice', { reqId, tickType, price, size, attribMask: mask });
    else writePrice(client.wire, template, price, size);
  }

  #size(tickType: number, size: number): void {
    const { client, reqId } = this;
    let template = client.isPlain ? this.#sizes[tickType] : undefined;
    if (template === undefined && client.isPlain) {
      template = sizeTemplate(client, reqId, tickType);
      this.#sizes[tickType] = template;
    }
    if (template === undefined) client.send('tickSize', { reqId, tickType, size });
    else writeSize(client.wire, template, size);
  }

  #text(tickType: number, value: string): void {
    this.client.send('tickString', { reqId: this.reqId, tickType, value });
  }

  #generic(tickType: number, value: number): void {
    this.client.send('tickGeneric', { reqId: this.reqId, tickType, value });
  }
}

function secondsOf({ lastTime }: Quote): string {
  return String(Math.floor(lastTime / 1000));
}
