// Writes the ticks of many instruments into columns: rows of numbers, no object for any of them.

import type { Handed, Sink } from '../../../protocol/sinks.js';
import { priceOrNone } from '../../history/no-price.js';
import { type Greeks, greeksParts } from '../quote.js';
import type { TickMessage } from '../quote-maker.js';
import { greeksOf } from '../quote-maker.js';
import { quoteFields, tickTypeOf } from '../tick-types.js';
import { DATA_TYPE, fieldOf, firstGreeksField, isTime } from './fields.js';
import type { ColumnQueue } from './queue.js';

type Maybe = number | undefined;

export class ColumnSink implements Sink {
  private readonly queue: ColumnQueue;
  private readonly handed: Handed;
  private readonly instruments: number;
  /** Newest sizes by field and instrument: the size that a price carries often comes again as a tick of its own. */
  private readonly sizes: (Float64Array | undefined)[] = quoteFields.map(() => undefined);

  constructor(instruments: number, queue: ColumnQueue, handed: Handed) {
    this.instruments = instruments;
    this.queue = queue;
    this.handed = handed;
  }

  tickPrice(tickType: Maybe, price: Maybe, size: Maybe): void {
    this.price(this.handed.place, tickType, price, size);
  }

  private price(instrument: number, tickType: Maybe, price: Maybe, size: Maybe): void {
    this.number(instrument, tickType, priceOrNone(price, size) ?? Number.NaN);
    const sizeAt = tickTypeOf(tickType ?? -1)?.sizeAt ?? -1;
    if (sizeAt >= 0 && size !== undefined) this.newSize(instrument, sizeAt, size);
  }

  tickSize(tickType: Maybe, size: Maybe): void {
    this.size(this.handed.place, tickType, size);
  }

  private size(instrument: number, tickType: Maybe, size: Maybe): void {
    const type = tickTypeOf(tickType ?? -1);
    if (type === undefined || size === undefined) this.number(instrument, tickType, size ?? Number.NaN);
    else this.newSize(instrument, type.at, size);
  }

  tickGeneric(tickType: Maybe, value: Maybe): void {
    this.number(this.handed.place, tickType, value ?? Number.NaN);
  }

  tickString(tickType: Maybe, value: string | undefined): void {
    this.text(this.handed.place, tickType, value);
  }

  private text(instrument: number, tickType: Maybe, value: string | undefined): void {
    const field = fieldOf(tickType ?? -1);
    const text = value ?? '';
    if (field < 0 || isTime(field)) this.queue.add(instrument, field, Number(text), this.handed.heardAt);
    else this.queue.addText(instrument, field, text, this.handed.heardAt);
  }

  tickOptionComputation(...fields: Parameters<NonNullable<Sink['tickOptionComputation']>>): void {
    const [tickType, tickAttrib, impliedVol, delta, optPrice, pvDividend, gamma, vega, theta, undPrice] = fields;
    this.greeks(this.handed.place, tickType, {
      impliedVol,
      delta,
      gamma,
      vega,
      theta,
      optPrice,
      pvDividend,
      undPrice,
      tickAttrib,
    });
  }

  /** What came as a message. */
  take(instrument: number, message: TickMessage): void {
    switch (message.kind) {
      case 'tickPrice':
        this.price(instrument, message.tickType, message.price, message.size);
        return;
      case 'tickSize':
        this.size(instrument, message.tickType, message.size);
        return;
      case 'tickGeneric':
        this.number(instrument, message.tickType, message.value ?? Number.NaN);
        return;
      case 'tickString':
        this.text(instrument, message.tickType, message.value);
        return;
      case 'tickOptionComputation':
        this.greeks(instrument, message.tickType, greeksOf(message));
        return;
      case 'marketDataType':
        this.queue.add(instrument, DATA_TYPE, message.marketDataType ?? 0, this.handed.heardAt);
        return;
      default: // news, exchange for physical, delta-neutral, price steps: no columns
    }
  }

  reset(instrument: number): void {
    for (const sizes of this.sizes) if (sizes !== undefined) sizes[instrument] = Number.NaN;
  }

  private number(instrument: number, tickType: Maybe, value: number): void {
    this.queue.add(instrument, fieldOf(tickType ?? -1), value, this.handed.heardAt);
  }

  private newSize(instrument: number, field: number, size: number): void {
    const sizes = this.sizes[field] ?? this.begin(field);
    if (sizes[instrument] === size) return;
    sizes[instrument] = size;
    this.queue.add(instrument, field, size, this.handed.heardAt);
  }

  private begin(field: number): Float64Array {
    const sizes = new Float64Array(this.instruments).fill(Number.NaN);
    this.sizes[field] = sizes;
    return sizes;
  }

  private greeks(instrument: number, tickType: Maybe, greeks: Greeks): void {
    const first = firstGreeksField(tickType ?? -1);
    if (first === undefined) return;
    const time = this.handed.heardAt;
    greeksParts.forEach((part, at) => {
      const value = greeks[part];
      if (value !== undefined) this.queue.add(instrument, first + at, value, time);
    });
  }
}
