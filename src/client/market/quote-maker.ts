// Makes the ticks of a quote from the messages of its stream, and keeps the quote.

import type { Sink } from '../../protocol/sinks.js';
import { cut } from '../../protocol/visible-text.js';
import type { ItemsOf } from '../conversation/shapes.js';
import { priceOrNone } from '../history/no-price.js';
import { MOST_NOTICE_TEXT } from '../wire/cut.js';
import type { quotes } from './conversations.js';
import {
  type DataSource,
  type Greeks,
  type GreeksTick,
  type NumberTick,
  newQuote,
  type Quote,
  type QuoteMemory,
  type QuoteTick,
  type TextTick,
} from './quote.js';
import { type NumberField, quoteFields, type TextField, type TickType, tickTypeOf } from './tick-types.js';

/** Everything that a quote stream carries, as it comes. */
export type TickMessage = ItemsOf<typeof quotes>;

type Push = (tick: QuoteTick) => void;
type Maybe = number | undefined;

const sources: readonly DataSource[] = ['unknown', 'live', 'frozen', 'delayed', 'delayedFrozen'];

export interface QuoteMaker {
  readonly quote: Quote;
  take(message: TickMessage, push: Push): void;
  /** Takes the fields of what comes by the million; makes the ticks that `take` makes of the messages. */
  sink(push: Push): Sink;
  reset(push: Push): void;
}

/** `heardAt` answers the time of the chunk that is being read. */
export function createQuoteMaker(heardAt: () => number): QuoteMaker {
  const { memory, quote } = newQuote();
  return {
    quote,
    take: (message, push) => take(memory, message, heardAt, push),
    sink: (push) => new QuoteSink(memory, heardAt, push),
    reset(push) {
      memory.slots.fill(undefined);
      memory.dataType = 'unknown';
      push({ field: 'reset', value: undefined, time: heardAt(), source: 'unknown', tickType: -1, attribMask: undefined });
    },
  };
}

function take(memory: QuoteMemory, message: TickMessage, heardAt: () => number, push: Push): void {
  switch (message.kind) {
    case 'tickPrice':
      takePrice(memory, message.tickType, message.price, message.size, message.attribMask, heardAt(), push);
      return;
    case 'tickSize':
      takeSize(memory, message.tickType, message.size, heardAt(), push);
      return;
    case 'tickGeneric':
      takeNumber(memory, message.tickType, message.value, undefined, heardAt(), push);
      return;
    case 'tickString':
      takeText(memory, message.tickType, message.value, heardAt(), push);
      return;
    case 'tickOptionComputation':
      takeGreeks(memory, message.tickType, greeksOf(message), heardAt(), push);
      return;
    case 'marketDataType': {
      memory.dataType = sources[message.marketDataType ?? 0] ?? 'unknown';
      const value = memory.dataType;
      push({ field: 'dataType', value, time: heardAt(), source: value, tickType: -1, attribMask: undefined });
      return;
    }
    case 'tickReqParams': {
      const { minTick, bboExchange, snapshotPermissions } = message;
      memory.params = { minTick, bboExchange, snapshotPermissions };
      const source = memory.dataType;
      push({ field: 'params', value: memory.params, time: heardAt(), source, tickType: -1, attribMask: undefined });
      return;
    }
    default: // news, exchange for physical, delta-neutral: on the stream of raw ticks
  }
}

class QuoteSink implements Sink {
  private readonly memory: QuoteMemory;
  private readonly heardAt: () => number;
  private readonly push: Push;

  constructor(memory: QuoteMemory, heardAt: () => number, push: Push) {
    this.memory = memory;
    this.heardAt = heardAt;
    this.push = push;
  }

  tickPrice(tickType: Maybe, price: Maybe, size: Maybe, attribMask: Maybe): void {
    takePrice(this.memory, tickType, price, size, attribMask, this.heardAt(), this.push);
  }

  tickSize(tickType: Maybe, size: Maybe): void {
    takeSize(this.memory, tickType, size, this.heardAt(), this.push);
  }

  tickGeneric(tickType: Maybe, value: Maybe): void {
    takeNumber(this.memory, tickType, value, undefined, this.heardAt(), this.push);
  }

  tickString(tickType: Maybe, value: string | undefined): void {
    takeText(this.memory, tickType, value && cut(value, MOST_NOTICE_TEXT), this.heardAt(), this.push);
  }

  tickOptionComputation(...fields: Parameters<NonNullable<Sink['tickOptionComputation']>>): void {
    const [tickType, tickAttrib, impliedVol, delta, optPrice, pvDividend, gamma, vega, theta, undPrice] = fields;
    const value = { impliedVol, delta, gamma, vega, theta, optPrice, pvDividend, undPrice, tickAttrib };
    takeGreeks(this.memory, tickType, value, this.heardAt(), this.push);
  }
}

function sourceOf(memory: QuoteMemory, isDelayed: boolean): DataSource {
  const { dataType } = memory;
  if (!isDelayed) return dataType;
  return dataType === 'delayedFrozen' ? dataType : 'delayed';
}

function takePrice(
  memory: QuoteMemory,
  tickType: Maybe,
  said: Maybe,
  size: Maybe,
  attribMask: Maybe,
  time: number,
  push: Push,
): void {
  const type = takeNumber(memory, tickType, priceOrNone(said, size), attribMask, time, push);
  if (type === undefined || type.sizeAt < 0 || size === undefined) return;
  storeSize(memory, type, type.sizeAt, size, time, push);
}

/** The size that a price carries often comes again as a tick of its own: the twin says nothing new. */
function takeSize(memory: QuoteMemory, tickType: Maybe, size: Maybe, time: number, push: Push): void {
  const type = tickTypeOf(tickType ?? -1);
  if (type === undefined || size === undefined) takeNumber(memory, tickType, size, undefined, time, push);
  else storeSize(memory, type, type.at, size, time, push);
}

function storeSize(memory: QuoteMemory, type: TickType, at: number, size: number, time: number, push: Push): void {
  const source = sourceOf(memory, type.isDelayed);
  const before = memory.slots[at];
  if (before !== undefined && before.value === size && before.source === source) return;
  const field = quoteFields[at] as NumberField; // the table gives sizes to prices only
  const tick: NumberTick = { field, value: size, time, source, tickType: type.id, attribMask: undefined };
  memory.slots[at] = tick;
  push(tick);
}

function takeNumber(
  memory: QuoteMemory,
  tickType: Maybe,
  value: Maybe,
  attribMask: Maybe,
  time: number,
  push: Push,
): TickType | undefined {
  const type = tickTypeOf(tickType ?? -1);
  if (type === undefined) {
    push({ field: 'other', value, time, source: memory.dataType, tickType: tickType ?? -1, attribMask });
    return undefined;
  }
  const field = type.field as NumberField; // numbers come with number types
  const tick: NumberTick = { field, value, time, source: sourceOf(memory, type.isDelayed), tickType: type.id, attribMask };
  memory.slots[type.at] = tick;
  push(tick);
  return type;
}

function takeText(memory: QuoteMemory, tickType: Maybe, text: string | undefined, time: number, push: Push): void {
  const type = tickTypeOf(tickType ?? -1);
  const value = text ?? '';
  if (type === undefined) {
    push({ field: 'other', value, time, source: memory.dataType, tickType: tickType ?? -1, attribMask: undefined });
    return;
  }
  const source = sourceOf(memory, type.isDelayed);
  const tick: TextTick = { field: type.field as TextField, value, time, source, tickType: type.id, attribMask: undefined };
  memory.slots[type.at] = tick;
  push(tick);
}

type GreeksMessage = Extract<TickMessage, { kind: 'tickOptionComputation' }>;

function takeGreeks(memory: QuoteMemory, tickType: Maybe, value: Greeks, time: number, push: Push): void {
  const type = tickTypeOf(tickType ?? -1);
  if (type === undefined) return;
  const source = sourceOf(memory, type.isDelayed);
  const field = type.field as GreeksTick['field']; // option types only come with this message
  const tick: GreeksTick = { field, value, time, source, tickType: type.id, attribMask: undefined };
  memory.slots[type.at] = tick;
  push(tick);
}

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
