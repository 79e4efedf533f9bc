/** Cost of the simulated world: quotes, moves told to listeners, bars. One iteration is a whole chunk; divide by the count in the title. */
import { bench, describe } from 'vitest';
import { virtualClock } from '../src/gateway/clock.js';
import { barSizeOf, durationOf } from '../src/gateway/world/bar-sizes.js';
import { historyBars } from '../src/gateway/world/history.js';
import { noInterventions } from '../src/gateway/world/interventions.js';
import { QuoteMaker } from '../src/gateway/world/quote-maker.js';
import { buildUniverse } from '../src/gateway/world/universe.js';
import { createWorld } from '../src/gateway/world/world.js';

const START = Date.parse('2026-09-01T14:00:00Z');
const universe = buildUniverse(1, START);
const stocks = universe.statics.filter((each) => each.calendar === 'us-stock').map((each) => each.conId);
const chain = universe.chains.find((each) => each.tradingClass === 'AAPL');
const options = chain === undefined ? [] : universe.options(chain, START).map((each) => each.conId);

/** Walks instruments forward by quarter seconds, `steps` of them; at the end of the day it begins again. */
function walker(conIds: readonly number[], steps: number): () => void {
  const maker = new QuoteMaker(universe, 1, noInterventions());
  const tracks = conIds.map((conId) => maker.track(conId));
  let at = START;
  let sum = 0;
  return () => {
    for (let i = 0; i < steps; i++) {
      at += 250;
      for (const track of tracks) sum += maker.quoteOf(track, at).bid;
    }
    if (at > START + 5 * 3_600_000) at = START;
    if (sum === 0) throw new Error('no quotes were made');
  };
}

const quiet = { time: 2000, warmupTime: 500 };

describe('quotes', () => {
  bench(`${stocks.length} stocks, 100,000 quotes`, walker(stocks, Math.ceil(100_000 / stocks.length)), quiet);
  bench('500 options of one stock, 100,000 quotes', walker(options.slice(0, 500), 200), quiet);
  bench(
    'three stocks to one option, 100,000 quotes',
    walker([...stocks, ...options.slice(0, Math.floor(stocks.length / 3))], 1042),
    quiet,
  );
});

describe('moves told to a listener', () => {
  const clock = virtualClock(START);
  const { market } = createWorld(clock, 1);
  let moves = 0;
  market.onMove(() => {
    moves += 1;
  });
  for (const conId of stocks) market.watch(conId);
  bench(
    `${stocks.length} stocks through the clock, about 100,000 moves`,
    () => {
      clock.advance(Math.ceil(100_000 / stocks.length) * 250);
      if (moves === 0) throw new Error('nothing moved');
    },
    { iterations: 10, time: 0, warmupIterations: 2 },
  );
});

describe('history', () => {
  const { market } = createWorld(virtualClock(START), 1);
  const ask =
    (duration: string, barSize: string, conId = 265598) =>
    () => {
      const bars = historyBars(market, {
        conId,
        duration: durationOf(duration),
        barSize: barSizeOf(barSize),
        whatToShow: 'TRADES',
        useRTH: true,
      });
      if (bars.length === 0) throw new Error('no bars');
    };
  bench('a year of 1 min, 97,600 bars', ask('1 Y', '1 min'), quiet);
  bench('half an hour of 1 secs, 1,800 bars', ask('1800 S', '1 secs'), quiet);
  bench('ten years of 1 day, 2,510 bars', ask('10 Y', '1 day'), quiet);
  bench('a week of 1 min of an option, 1,950 bars', ask('1 W', '1 min', options[400]), quiet);
});
