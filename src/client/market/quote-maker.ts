// Makes the ticks of all quotes of a session from what their streams carry, and keeps the quotes.

import type { Handed, Sink } from '../../protocol/sinks.js';
import { cut } from '../../protocol/visible-text.js';
import { Outlets, type Seat } from '../conversation/outlets.js';
import type { ItemsOf } from '../conversation/shapes.js';
import { priceOrNone } from '../history/no-price.js';
import { MOST_NOTICE_TEXT } from '../wire/cut.js';
import type { quotes } from './conversations.js';
import { type Greeks, type GreeksTick, type NumberTick, type Quote, type QuoteTick, quoteOf, type TextTick } from './quote.js';
import { dataSources, PlaceMemory, QuoteTable } from './quote-table.js';
import { type NumberField, quoteFields, type TextField, type TickType, tickTypeOf } from './tick-types.js';

/** Everything that a quote stream carries, as it comes. */
export type TickMessage = ItemsOf<typeof quotes>;

type Maybe = number | undefined;

/** One quote, from when its seat is open. Its ticks go there. */
export interface QuoteMaker {
  readonly quote: Quote;
  readonly seat: Seat<QuoteTick>;
  take(message: TickMessage): void;
  reset(): void;
}

const DELAYED = dataSources.indexOf('delayed');
const DELAYED_FROZEN = dataSources.indexOf('delayedFrozen');

/** Takes the fields of what comes by the million, of all quotes; makes the ticks that `take` makes of the messages. */
export class QuoteSink implements Sink {
  private readonly table = new QuoteTable();
  private readonly outlets: Outlets<QuoteTick>;
  private readonly handed: Handed;

  /** `thrown` gets the errors of listeners. */
  constructor(handed: Handed, thrown: (error: unknown) => void) {
    this.handed = handed;
    this.outlets = new Outlets(thrown);
  }

  maker(): QuoteMaker {
    const memory = new PlaceMemory(this.table);
    const join = (): number => memory.join();
    const seat = this.outlets.seat(join, () => memory.leave());
    return {
      quote: quoteOf(memory),
      seat,
      take: (message) => this.take(seat.place, message),
      reset: () => this.reset(seat.place),
    };
  }

  tickPrice(tickType: Maybe, price: Maybe, size: Maybe, attribMask: Maybe): void {
    this.price(this.handed.place, tickType, price, size, attribMask);
  }

  tickSize(tickType: Maybe, size: Maybe): void {
    this.size(this.handed.place, tickType, size);
  }

  tickGeneric(tickType: Maybe, value: Maybe): void {
    this.number(this.handed.place, tickType, value, undefined);
  }

  tickString(tickType: Maybe, value: string | undefined): void {
    this.text(this.handed.place, tickType, value && cut(value, MOST_NOTICE_TEXT));
  }

  tickOptionComputation(...fields: Parameters<NonNullable<Sink['tickOptionComputation']>>): void {
    const [tickType, tickAttrib, impliedVol, delta, optPrice, pvDividend, gamma, vega, theta, undPrice] = fields;
    const value = { impliedVol, delta, gamma, vega, theta, optPrice, pvDividend, undPrice, tickAttrib };
    this.greeks(this.handed.place, tickType, value);
  }

  private take(place: number, message: TickMessage): void {
    switch (message.kind) {
      case 'tickPrice':
        this.price(place, message.tickType, message.price, message.size, message.attribMask);
        return;
      case 'tickSize':
        this.size(place, message.tickType, message.size);
        return;
      case 'tickGeneric':
        this.number(place, message.tickType, message.value, undefined);
        return;
      case 'tickString':
        this.text(place, message.tickType, message.value);
        return;
      case 'tickOptionComputation':
        this.greeks(place, message.tickType, greeksOf(message));
        return;
      case 'marketDataType': {
        const type = message.marketDataType ?? 0;
        this.table.setType(place, dataSources[type] === undefined ? 0 : type);
        const value = this.dataType(place);
        const time = this.handed.heardAt;
        this.outlets.push(place, { field: 'dataType', value, time, source: value, tickType: -1, attribMask: undefined });
        return;
      }
      case 'tickReqParams': {
        const { minTick, bboExchange, snapshotPermissions } = message;
        const value = { minTick, bboExchange, snapshotPermissions };
        this.table.setParams(place, value);
        const source = this.dataType(place);
        const time = this.handed.heardAt;
        this.outlets.push(place, { field: 'params', value, time, source, tickType: -1, attribMask: undefined });
        return;
      }
      default: // news, exchange for physical, delta-neutral: on the stream of raw ticks
    }
  }

  private reset(place: number): void {
    this.table.clear(place);
    const time = this.handed.heardAt;
    this.outlets.push(place, { field: 'reset', value: undefined, time, source: 'unknown', tickType: -1, attribMask: undefined });
  }

  private dataType(place: number): (typeof dataSources)[number] {
    return dataSources[this.table.typeAt(place)] ?? 'unknown';
  }

  /** Number of the source of a value. */
  private sourceOf(place: number, isDelayed: boolean): number {
    const type = this.table.typeAt(place);
    return !isDelayed || type === DELAYED_FROZEN ? type : DELAYED;
  }

  private price(place: number, tickType: Maybe, said: Maybe, size: Maybe, attribMask: Maybe): void {
    const type = this.number(place, tickType, priceOrNone(said, size), attribMask);
    if (type === undefined || type.sizeAt < 0 || size === undefined) return;
    this.storeSize(place, type, type.sizeAt, size);
  }

  /** The size that a price carries often comes again as a tick of its own: the twin says nothing new. */
  private size(place: number, tickType: Maybe, size: Maybe): void {
    const type = tickTypeOf(tickType ?? -1);
    if (type === undefined || size === undefined) this.number(place, tickType, size, undefined);
    else this.storeSize(place, type, type.at, size);
  }

  private storeSize(place: number, type: TickType, at: number, size: number): void {
    const number = this.sourceOf(place, type.isDelayed);
    if (this.table.isSame(at, place, size, number)) return;
    const field = quoteFields[at] as NumberField; // the table gives sizes to prices only
    const source = dataSources[number] ?? 'unknown';
    const time = this.handed.heardAt;
    const tick: NumberTick = { field, value: size, time, source, tickType: type.id, attribMask: undefined };
    this.table.put(at, place, tick, number);
    this.outlets.push(place, tick);
  }

  private number(place: number, tickType: Maybe, value: Maybe, attribMask: Maybe): TickType | undefined {
    const time = this.handed.heardAt;
    const type = tickTypeOf(tickType ?? -1);
    if (type === undefined) {
      const source = this.dataType(place);
      this.outlets.push(place, { field: 'other', value, time, source, tickType: tickType ?? -1, attribMask });
      return undefined;
    }
    const number = this.sourceOf(place, type.isDelayed);
    const field = type.field as NumberField; // numbers come with number types
    const source = dataSources[number] ?? 'unknown';
    const tick: NumberTick = { field, value, time, source, tickType: type.id, attribMask };
    this.table.put(type.at, place, tick, number);
    this.outlets.push(place, tick);
    return type;
  }

  private text(place: number, tickType: Maybe, text: string | undefined): void {
    const time = this.handed.heardAt;
    const type = tickTypeOf(tickType ?? -1);
    const value = text ?? '';
    if (type === undefined) {
      const source = this.dataType(place);
      this.outlets.push(place, { field: 'other', value, time, source, tickType: tickType ?? -1, attribMask: undefined });
      return;
    }
    const number = this.sourceOf(place, type.isDelayed);
    const source = dataSources[number] ?? 'unknown';
    const tick: TextTick = { field: type.field as TextField, value, time, source, tickType: type.id, attribMask: undefined };
    this.table.putThing(type.at, place, tick, number);
    this.outlets.push(place, tick);
  }

  private greeks(place: number, tickType: Maybe, value: Greeks): void {
    const type = tickTypeOf(tickType ?? -1);
    if (type === undefined) return;
    const time = this.handed.heardAt;
    const number = this.sourceOf(place, type.isDelayed);
    const source = dataSources[number] ?? 'unknown';
    const field = type.field as GreeksTick['field']; // option types only come with this message
    const tick: GreeksTick = { field, value, time, source, tickType: type.id, attribMask: undefined };
    this.table.putThing(type.at, place, tick, number);
    this.outlets.push(place, tick);
  }
}

type GreeksMessage = Extract<TickMessage, { kind: 'tickOptionComputation' }>;

/** The model's numbers of an option computation. */
export function greeksOf(message: GreeksMessage): Greeks {
  const { impliedVol, delta, gamma, vega, theta, optPrice, pvDividend, undPrice, tickAttrib } = message;
  return { impliedVol, delta, gamma, vega, theta, optPrice, pvDividend, undPrice, tickAttrib };
}

/** The newest tick of each field, in the order in which they came last. */
export function condenseTicks(held: readonly QuoteTick[]): QuoteTick[] {
  const newest = new Map<string, QuoteTick>();
  for (const tick of held) {
    const key = tick.field === 'other' ? `other ${tick.tickType}` : tick.field;
    if (tick.field === 'reset') newest.clear();
    newest.delete(key);
    newest.set(key, tick);
  }
  return [...newest.values()];
}
