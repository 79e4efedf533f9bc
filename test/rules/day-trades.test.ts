import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDays, dayNumber, dayText } from '../../src/rules/calendar/business-days.js';
import { instantOf, newYork } from '../../src/rules/calendar/new-york.js';
import { type DayTradeFill, type DayTradeInput, type DayTradeReport, dayTrades } from '../../src/rules/day-trades.js';
import { type IntradayMargin, intradayMargin, type MarginEvent } from '../../src/rules/intraday-margin.js';
import type { AccountKind } from '../../src/rules/types.js';

/** Business days around the end of 2026, written out: Christmas, New Year and the third Monday of January are missing. */
const TABLE = [
  '2026-12-14',
  '2026-12-15',
  '2026-12-16',
  '2026-12-17',
  '2026-12-18',
  '2026-12-21',
  '2026-12-22',
  '2026-12-23',
  '2026-12-24',
  '2026-12-28',
  '2026-12-29',
  '2026-12-30',
  '2026-12-31',
  '2027-01-04',
  '2027-01-05',
  '2027-01-06',
  '2027-01-07',
  '2027-01-08',
  '2027-01-11',
  '2027-01-12',
  '2027-01-13',
  '2027-01-14',
  '2027-01-15',
  '2027-01-19',
  '2027-01-20',
];
const holidays = ['2026-12-25', '2027-01-01', '2027-01-18'];
const asOf = '2026-12-18';

function count(fills: readonly DayTradeFill[], change: Partial<DayTradeInput> = {}): DayTradeReport {
  const report = dayTrades({ asOf, kind: 'reg-t', netLiquidation: '10000', holidays, fills, ...change });
  if ('error' in report) throw new Error(report.what);
  return report;
}

interface Deal {
  readonly day: number;
  readonly minute: number;
  readonly name: string;
  readonly quantity: number;
}
const deal = fc.record({
  day: fc.integer({ min: 14, max: 18 }),
  minute: fc.integer({ min: 0, max: 380 }),
  name: fc.constantFrom('STK:AAA', 'STK:BBB', 'OPT:AAA 20270115C100'),
  quantity: fc.constantFrom(-7, -5, -2, 1, 3, 5, 10),
});
const deals = fc.array(deal, { maxLength: 14 }).map((list) => [...list].sort((a, b) => a.day - b.day || a.minute - b.minute));
const starts = fc.record({ 'STK:AAA': fc.constantFrom('0', '5', '-4'), 'STK:BBB': fc.constantFrom('0', '2') });
const timeOf = ({ day, minute }: Deal, second = 0): string => {
  const clock = 9 * 60 + 30 + minute;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `2026-12-${day}T${two(Math.floor(clock / 60))}:${two(clock % 60)}:${two(second)}-05:00`;
};
const fillOf = (one: Deal, quantity = one.quantity, second = 0): DayTradeFill => ({
  time: timeOf(one, second),
  contract: one.name,
  side: quantity > 0 ? 'BUY' : 'SELL',
  quantity: String(Math.abs(quantity)),
});
const RUNS = { numRuns: 400 };

/** Counts by hand, one share at a time: a day trade begins where a closing share does not follow another closing one. */
function oracle(list: readonly Deal[], start: Readonly<Record<string, string>>): number {
  let total = 0;
  for (const name of new Set(list.map((one) => one.name))) {
    let overnight = Number(start[name] ?? 0);
    let today: number[] = [];
    let day = 0;
    let last: 'open' | 'close' | 'none' = 'none';
    for (const one of list.filter((other) => other.name === name)) {
      if (one.day !== day) {
        overnight += today.reduce((a, b) => a + b, 0);
        today = [];
        day = one.day;
        last = 'none';
      }
      for (let share = 0; share < Math.abs(one.quantity); share++) {
        const sign = Math.sign(one.quantity);
        if (today.length > 0 && today[0] === -sign) {
          today.pop();
          if (last !== 'close') total++;
          last = 'close';
        } else if (overnight * sign < 0) overnight += sign;
        else {
          today.push(sign);
          last = 'open';
        }
      }
    }
  }
  return total;
}

describe('I day trades', () => {
  it('the count is the one found share by share', () => {
    fc.assert(
      fc.property(deals, starts, (list, startPositions) => {
        expect(
          count(
            list.map((one) => fillOf(one)),
            { startPositions },
          ).dayTrades,
        ).toBe(oracle(list, startPositions));
      }),
      { numRuns: 800, seed: 110 },
    );
  });

  it('I1 splitting any execution into parts with the same time order leaves the count unchanged', () => {
    fc.assert(
      fc.property(deals, starts, fc.nat(), (list, startPositions, pick) => {
        const whole = list.map((one) => fillOf(one));
        const at = pick % Math.max(1, list.length);
        const split = list.flatMap((one, place) =>
          place === at && Math.abs(one.quantity) > 1
            ? [fillOf(one, Math.sign(one.quantity)), fillOf(one, one.quantity - Math.sign(one.quantity))]
            : [fillOf(one)],
        );
        expect(count(split, { startPositions }).dayTrades).toBe(count(whole, { startPositions }).dayTrades);
      }),
      { ...RUNS, seed: 111 },
    );
  });

  it('I2 permuting executions of different securities leaves the count unchanged', () => {
    fc.assert(
      fc.property(deals, starts, (list, startPositions) => {
        const grouped = ['STK:BBB', 'OPT:AAA 20270115C100', 'STK:AAA'].flatMap((name) => list.filter((one) => one.name === name));
        expect(
          count(
            grouped.map((one) => fillOf(one)),
            { startPositions },
          ),
        ).toEqual(
          count(
            list.map((one) => fillOf(one)),
            { startPositions },
          ),
        );
      }),
      { ...RUNS, seed: 112 },
    );
  });

  it('I3 the count per security and day is at most the number of buying runs and of selling runs', () => {
    fc.assert(
      fc.property(deals, (list) => {
        for (const name of ['STK:AAA', 'STK:BBB']) {
          for (let day = 14; day <= 18; day++) {
            const mine = list.filter((one) => one.name === name && one.day === day);
            const signs = mine.map((one) => Math.sign(one.quantity)).filter((sign, at, all) => sign !== all[at - 1]);
            const found = count(mine.map((one) => fillOf(one))).dayTrades;
            expect(found).toBeLessThanOrEqual(Math.max(0, signs.length - 1));
          }
        }
      }),
      { numRuns: 200, seed: 113 },
    );
  });

  it('I4 only buys, or only sales of overnight holdings, count 0', () => {
    fc.assert(
      fc.property(deals, (list) => {
        expect(count(list.map((one) => fillOf(one, Math.abs(one.quantity)))).dayTrades).toBe(0);
        const startPositions = { 'STK:AAA': '1000', 'STK:BBB': '1000', 'OPT:AAA 20270115C100': '1000' };
        expect(
          count(
            list.map((one) => fillOf(one, -Math.abs(one.quantity))),
            { startPositions },
          ).dayTrades,
        ).toBe(0);
      }),
      { ...RUNS, seed: 114 },
    );
  });

  it('I5 flat to flat with alternating buys and sales of equal size counts the pairs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 9 }), (pairs, size) => {
        const list = Array.from({ length: pairs * 2 }, (_, at) =>
          fillOf({ day: 15, minute: at, name: 'STK:AAA', quantity: at % 2 === 0 ? size : -size }),
        );
        expect(count(list).dayTrades).toBe(pairs);
      }),
      { ...RUNS, seed: 115 },
    );
  });

  it('I6 mirroring sides and signs of starting positions leaves the count unchanged', () => {
    fc.assert(
      fc.property(deals, starts, (list, startPositions) => {
        const mirrored = Object.fromEntries(
          Object.entries(startPositions).map(([name, held]) => [
            name,
            held.startsWith('-') ? held.slice(1) : held === '0' ? '0' : `-${held}`,
          ]),
        );
        const a = count(
          list.map((one) => fillOf(one)),
          { startPositions },
        );
        expect(
          count(
            list.map((one) => fillOf(one, -one.quantity)),
            { startPositions: mirrored },
          ),
        ).toEqual(a);
      }),
      { ...RUNS, seed: 116 },
    );
  });

  it('I7 an execution leaves the window on the fifth business day after its own; a holiday keeps it a day longer', () => {
    TABLE.forEach((date, at) => {
      const fills = ['10', '11'].map(
        (hour, place): DayTradeFill => ({
          time: `${date}T${hour}:00:00-05:00`,
          contract: 'STK:AAA',
          side: place === 0 ? 'BUY' : 'SELL',
          quantity: '1',
        }),
      );
      for (let later = 0; later < 6 && at + later < TABLE.length; later++) {
        expect(count(fills, { asOf: TABLE[at + later] ?? '' }).dayTrades).toBe(later < 5 ? 1 : 0);
      }
      const fifth = TABLE[at + 5];
      const between = TABLE[at + 2];
      if (fifth !== undefined && between !== undefined)
        expect(count(fills, { asOf: fifth, holidays: [...holidays, between] }).dayTrades).toBe(1);
    });
  });

  it('I8 the textual offset of a time changes nothing; 23:30 UTC in winter is the New York day before midnight', () => {
    const shift = (text: string, hours: number): string => {
      const local = new Date((instantOf(text) ?? 0) + hours * 3_600_000).toISOString().slice(0, 19);
      return `${local}${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
    };
    fc.assert(
      fc.property(deals, fc.integer({ min: -11, max: 13 }), (list, hours) => {
        const moved = list.map((one) => ({ ...fillOf(one), time: shift(timeOf(one), hours) }));
        expect(count(moved)).toEqual(count(list.map((one) => fillOf(one))));
      }),
      { numRuns: 200, seed: 118 },
    );
    expect(newYork(instantOf('2026-12-10T23:30:00Z') ?? 0)).toEqual({ day: dayNumber('2026-12-10'), hour: 18 });
    expect(instantOf('2026-12-10T23:30:00')).toBeUndefined();
  });

  it('I9 the trade date is right in the doubled and the missing hour, as the calendar of the host platform says', () => {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'America/New_York',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    fc.assert(
      fc.property(
        fc.constantFrom('2026-03-08', '2026-11-01', '2027-03-14', '2027-11-07', '2026-07-04', '2026-12-31'),
        fc.integer({ min: -30, max: 54 }),
        fc.integer({ min: 0, max: 59 }),
        (date, hour, minute) => {
          const instant = (dayNumber(date) ?? 0) * 86_400_000 + hour * 3_600_000 + minute * 60_000;
          const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
          const { day, hour: found } = newYork(instant);
          expect([dayText(day), found]).toEqual([`${parts['year']}-${parts['month']}-${parts['day']}`, Number(parts['hour'])]);
        },
      ),
      { numRuns: 500, seed: 119 },
    );
    const evening = (time: string): string =>
      Object.keys(
        count([
          { time: `2026-12-${time}:00:00-05:00`, contract: 'STK:AAA', side: 'BUY', quantity: '1' },
          { time: `2026-12-${time}:30:00-05:00`, contract: 'STK:AAA', side: 'SELL', quantity: '1' },
        ]).byDate,
      ).join();
    expect([evening('16T19'), evening('16T20'), evening('11T21')]).toEqual(['2026-12-16', '2026-12-17', '2026-12-14']);
  });

  it('I10 futures, currencies and crypto never change the count', () => {
    fc.assert(
      fc.property(deals, deals, fc.constantFrom('FUT:MES', 'FOP:MES C', 'CASH:EUR.USD', 'CRYPTO:BTC'), (list, others, name) => {
        const mixed = [...list, ...others.map((one) => ({ ...one, name }))].map((one) => fillOf(one));
        expect(count(mixed)).toEqual(count(list.map((one) => fillOf(one))));
      }),
      { ...RUNS, seed: 120 },
    );
  });

  it('I11 opening is barred exactly in the legacy regime, for margin types, below 25,000, with three or more used', () => {
    const trades = (pairs: number): DayTradeFill[] =>
      Array.from({ length: pairs * 2 }, (_, at) =>
        fillOf({ day: 15, minute: at, name: 'STK:AAA', quantity: at % 2 === 0 ? 1 : -1 }),
      );
    for (const kind of ['ira-cash', 'ira-margin', 'cash', 'reg-t', 'portfolio-margin'] satisfies AccountKind[]) {
      for (const regime of ['legacy', 'intraday'] as const) {
        for (const equity of ['24999.99', '25000', undefined]) {
          for (const used of [0, 2, 3, 4, 5]) {
            const { mayOpen, flagged } = count(trades(used), { kind, regime, netLiquidation: equity });
            const isBound = regime === 'legacy' && (kind === 'reg-t' || kind === 'ira-margin');
            expect(mayOpen).toBe(!(isBound && equity !== '25000' && used >= 3));
            expect(flagged).toBe(isBound && used >= 4);
          }
        }
      }
    }
    expect(count(trades(1), { dayTradesRemaining: 0 })).toMatchObject({
      mayOpen: false,
      remaining: 0,
      difference: { own: 2, broker: 0 },
    });
    expect(count(trades(1), { dayTradesRemaining: -1 })).toMatchObject({ mayOpen: true, remaining: 2, difference: undefined });
    expect(count(trades(4), { sixPercentException: true }).flagged).toBe(true);
    const many = Array.from({ length: 100 }, (_, at) => fillOf({ day: 16, minute: at, name: 'STK:BBB', quantity: 1 }));
    expect(count([...trades(4), ...many], { sixPercentException: true }).flagged).toBe(false);
  });

  it('I12 exits alone never bring the count above the potential, and closing everything reaches it', () => {
    fc.assert(
      fc.property(deals, starts, (list, startPositions) => {
        const { potential } = count(
          list.map((one) => fillOf(one)),
          { startPositions },
        );
        const names = ['STK:AAA', 'STK:BBB', 'OPT:AAA 20270115C100'];
        const exits = names.flatMap((name): DayTradeFill[] => {
          const today = list.filter((one) => one.name === name && one.day === 18);
          const before = list.filter((one) => one.name === name && one.day < 18);
          let overnight =
            Number((startPositions as Record<string, string>)[name] ?? 0) + before.reduce((sum, one) => sum + one.quantity, 0);
          let opened = 0;
          for (const { quantity } of today) {
            const against = (held: number, size: number): number =>
              held * size < 0 ? Math.sign(size) * Math.min(Math.abs(held), Math.abs(size)) : 0;
            const first = against(opened, quantity);
            opened += first;
            const second = against(overnight, quantity - first);
            overnight += second;
            opened += quantity - first - second;
          }
          return opened === 0 ? [] : [fillOf({ day: 18, minute: 381, name, quantity: -opened })];
        });
        const all = list.map((one) => fillOf(one));
        expect(count([...all, ...exits], { startPositions }).dayTrades).toBe(potential);
        expect(count([...all, ...exits.slice(0, 1)], { startPositions }).dayTrades).toBeLessThanOrEqual(potential);
      }),
      { ...RUNS, seed: 122 },
    );
  });
});

function levels(events: readonly MarginEvent[], equity = '90000'): IntradayMargin {
  const report = intradayMargin({ kind: 'reg-t', netLiquidation: equity, date: '2026-12-18', holidays, events });
  if ('error' in report) throw new Error(report.what);
  return report;
}

describe('I intraday margin', () => {
  it('I13 no reducing transaction, no deficit; never negative; only a deeper reducing level raises it', () => {
    const event = fc.record({ levelAfter: fc.integer({ min: -5_000, max: 5_000 }).map(String), reducing: fc.boolean() });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), event, (events, next) => {
        const deficit = Number(levels(events).deficit);
        const deepest = Math.max(0, ...events.filter((one) => one.reducing).map((one) => -Number(one.levelAfter)));
        expect(deficit).toBe(deepest);
        const after = Number(levels([...events, next]).deficit);
        expect(after).toBe(next.reducing && -Number(next.levelAfter) > deficit ? -Number(next.levelAfter) : deficit);
        expect(Number(levels(events.map((one) => ({ ...one, reducing: false }))).deficit)).toBe(0);
      }),
      { ...RUNS, seed: 123 },
    );
    expect(levels([{ levelAfter: '-5' }]).deficit).toBe('5');
  });

  it('I14 a deficit equal to the lesser of 5 percent and 1,000 is minor, one cent more is not', () => {
    const minor = (deficit: string, equity: string): boolean | undefined =>
      levels([{ levelAfter: `-${deficit}`, reducing: true }], equity).minor;
    expect([minor('1000', '90000'), minor('1000.01', '90000')]).toEqual([true, false]);
    expect([minor('500', '10000'), minor('500.01', '10000')]).toEqual([true, false]);
    expect(levels([{ levelAfter: '-1', reducing: true }])).toMatchObject({
      fifthBusinessDay: '2026-12-28',
      fifteenthBusinessDay: '2027-01-12',
    });
    expect(intradayMargin({ kind: 'portfolio-margin', date: 'x', holidays: [], events: [] })).toEqual({ applies: false });
  });

  it('the calendar of business days is the written table', () => {
    const calendar = businessDays(holidays);
    TABLE.forEach((date, at) => {
      const day = dayNumber(date) ?? 0;
      const [next, before] = [TABLE[at + 1], TABLE[at - 1]];
      if (next !== undefined) expect(dayText(calendar.shift(day, 1))).toBe(next);
      if (before !== undefined) expect(dayText(calendar.shift(day, -1))).toBe(before);
      expect(calendar.isOpen(day)).toBe(true);
    });
    expect(dayNumber('2026-02-30')).toBeUndefined();
  });
});
