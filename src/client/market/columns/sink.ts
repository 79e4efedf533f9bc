// Writes the ticks of one instrument into columns: rows of numbers, no object for any of them.

import type { Sink } from '../../../protocol/sinks.js';
import { priceOrNone } from '../../history/no-price.js';
import { type Greeks, greeksParts } from '../quote.js';
import type { TickMessage } from '../quote-maker.js';
import { greeksOf } from '../quote-maker.js';
import { tickTypeOf } from '../tick-types.js';
import { DATA_TYPE, fieldOf, firstGreeksField, isTime } from './fields.js';
import type { ColumnQueue } from './queue.js';

type Maybe = number | undefined;

export class ColumnSink implements Sink {
  private readonly instrument: number;
  private readonly queue: ColumnQueue;
  private readonly heard: { readonly lastHeard: number };
  /** Newest size by field: the size that a price carries often comes again as a tick of its own. */
  private readonly sizes: number[] = [];

  constructor(instrument: number, queue: ColumnQueue, heard: { readonly lastHeard: number }) {
    this.instrument = instrument;
    this.queue = queue;
    this.heard = heard;
  }

  tickPrice(tickType: Maybe, price: Maybe, size: Maybe): void {
    this.number(tickType, priceOrNone(price, size) ?? Number.NaN);
    const sizeAt = tickTypeOf(tickType ?? -1)?.sizeAt ?? -1;
    if (sizeAt >= 0 && size !== undefined) this.size(sizeAt, size);
  }

  tickSize(tickType: Maybe, size: Maybe): void {
    const type = tickTypeOf(tickType ?? -1);
    if (type === undefined || size === undefined) this.number(tickType, size ?? Number.NaN);
    else this.size(type.at, size);
  }

  tickGeneric(tickType: Maybe, value: Maybe): void {
    this.number(tickType, value ?? Number.NaN);
  }

  tickString(tickType: Maybe, value: string | undefined): void {
    const field = fieldOf(tickType ?? -1);
    const text = value ?? '';
    if (field < 0 || isTime(field)) this.queue.add(this.instrument, field, Number(text), this.heard.lastHeard);
    else this.queue.addText(this.instrument, field, text, this.heard.lastHeard);
  }

  tickOptionComputation(...fields: Parameters<NonNullable<Sink['tickOptionComputation']>>): void {
    const [tickType, tickAttrib, impliedVol, delta, optPrice, pvDividend, gamma, vega, theta, undPrice] = fields;
    this.greeks(tickType, { impliedVol, delta, gamma, vega, theta, optPrice, pvDividend, undPrice, tickAttrib });
  }

  /** What came as a message. */
  take(message: TickMessage): void {
    switch (message.kind) {
      case 'tickPrice':
        this.tickPrice(message.tickType, message.price, message.size);
        return;
      case 'tickSize':
        this.tickSize(message.tickType, message.size);
        return;
      case 'tickGeneric':
        this.tickGeneric(message.tickType, message.value);
        return;
      case 'tickString':
        this.tickString(message.tickType, message.value);
        return;
      case 'tickOptionComputation':
        this.greeks(message.tickType, greeksOf(message));
        return;
      case 'marketDataType':
        this.queue.add(this.instrument, DATA_TYPE, message.marketDataType ?? 0, this.heard.lastHeard);
        return;
      default: // news, exchange for physical, delta-neutral, price steps: no columns
    }
  }

  reset(): void {
    this.sizes.length = 0;
  }

  private number(tickType: Maybe, value: number): void {
    this.queue.add(this.instrument, fieldOf(tickType ?? -1), value, this.heard.lastHeard);
  }

  private size(field: number, size: number): void {
    if (this.sizes[field] === size) return;
    this.sizes[field] = size;
    this.queue.add(this.instrument, field, size, this.heard.lastHeard);
  }

  private greeks(tickType: Maybe, greeks: Greeks): void {
    const first = firstGreeksField(tickType ?? -1);
    if (first === undefined) return;
    const time = this.heard.lastHeard;
    greeksParts.forEach((part, at) => {
      const value = greeks[part];
      if (value !== undefined) this.queue.add(this.instrument, first + at, value, time);
    });
  }
}
