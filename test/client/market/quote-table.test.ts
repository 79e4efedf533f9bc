// Quotes of one session stand beside each other in arrays of numbers: what each shows is its own.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuoteTick } from '../../../src/client/market/quote.js';
import { type QuoteMaker, QuoteSink, type TickMessage } from '../../../src/client/market/quote-maker.js';
import { quoteFields } from '../../../src/client/market/tick-types.js';

const sinkAt = (): { sink: QuoteSink; handed: { heardAt: number } } => {
  const handed = { place: 0, heardAt: 1_788_357_600_000 };
  return { sink: new QuoteSink(handed, () => {}), handed };
};
const price = (value: number, tickType = 1): TickMessage =>
  ({ kind: 'tickPrice', reqId: 1, tickType, price: value, size: undefined, attribMask: 3 }) as TickMessage;

const value = fc.oneof(fc.constantFrom(undefined, Number.NaN, -0, 0, -1, 1e300), fc.double(), fc.integer());
const tickType = fc.constantFrom(0, 1, 2, 10, 45, 46, 49, 66, 69, 88, 110, 200, undefined);
const messages = fc.oneof(
  fc.record({
    kind: fc.constant('tickPrice' as const),
    tickType,
    price: value,
    size: value,
    attribMask: fc.constantFrom(undefined, 0, 7, -1, 2 ** 40),
  }),
  fc.record({ kind: fc.constant('tickSize' as const), tickType, size: value }),
  fc.record({ kind: fc.constant('tickGeneric' as const), tickType, value }),
  fc.record({ kind: fc.constant('tickString' as const), tickType, value: fc.constantFrom(undefined, '', 'ARCA', '1788357600') }),
  fc.record({ kind: fc.constant('tickOptionComputation' as const), tickType, delta: value }),
  fc.record({ kind: fc.constant('marketDataType' as const), marketDataType: fc.constantFrom(undefined, 0, 1, 2, 3, 4, 9) }),
  fc.record({ kind: fc.constant('tickReqParams' as const), minTick: value }),
) as fc.Arbitrary<TickMessage>;

/** What a quote of ticks alone would show. */
class Model {
  ticks = new Map<string, QuoteTick>();
  dataType: unknown = 'unknown';
  params: unknown;

  take(tick: QuoteTick): void {
    if (tick.field === 'reset') {
      this.ticks.clear();
      this.dataType = 'unknown';
    } else if (tick.field === 'dataType') this.dataType = tick.value;
    else if (tick.field === 'params') this.params = tick.value;
    else if (tick.field !== 'other') this.ticks.set(tick.field, tick);
  }
}

describe('quotes of one session', () => {
  it('each show the newest tick of each field that they pushed, also after the others have come and gone', () => {
    const act = fc.oneof(
      { weight: 12, arbitrary: fc.record({ do: fc.constant('say' as const), of: fc.nat(40), message: messages }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'reset' as const), of: fc.nat(40) }) },
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
        const { sink, handed } = sinkAt();
        const all = Array.from({ length: 40 }, () => open(sink));
        const gone = new Set<object>();
        for (const step of acts) {
          handed.heardAt++;
          let one = all[step.of % all.length];
          if (one === undefined) continue;
          if (gone.has(one)) {
            one = open(sink); // in the place of one that has left
            all.push(one);
          }
          if (step.do === 'say') one.maker.take(step.message);
          else if (step.do === 'reset') one.maker.reset();
          else {
            one.maker.seat.leave();
            gone.add(one);
          }
        }
        for (const { maker, model } of all) {
          const { quote } = maker;
          expect([quote.dataType, quote.params]).toEqual([model.dataType, model.params]);
          const shown = quoteFields.flatMap((field) => (quote[field] === undefined ? [] : [[field, quote[field]]]));
          expect(Object.fromEntries(shown)).toStrictEqual(Object.fromEntries(model.ticks));
        }
      }),
      { seed: 12, numRuns: 100 },
    );
  });

  it('answer the same tick until there is a new one', () => {
    const { sink, handed } = sinkAt();
    const { maker } = open(sink);
    maker.take(price(187.5));
    const first = maker.quote.bid;
    expect(first).toBeDefined();
    expect(maker.quote.bid).toBe(first);
    maker.take(price(100, 2));
    expect(maker.quote.bid).toBe(first);
    handed.heardAt++;
    maker.take(price(187.5));
    expect(maker.quote.bid).not.toBe(first);
    expect(maker.quote.bid?.time).toBe(handed.heardAt);
  });

  it('is empty before its stream has begun', () => {
    const { sink } = sinkAt();
    const early = sink.maker();
    expect([early.quote.bid, early.quote.dataType, early.quote.params, early.quote.isCrossed]).toEqual([
      undefined,
      'unknown',
      undefined,
      false,
    ]);
  });
});

function open(sink: QuoteSink): { maker: QuoteMaker; model: Model } {
  const maker = sink.maker();
  const model = new Model();
  maker.seat.open((tick) => model.take(tick));
  return { maker, model };
}
