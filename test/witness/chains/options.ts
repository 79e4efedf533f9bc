// Lawful conversations about options, combinations, and what is neither a stock nor an option.

import { bracket, cash, limit, market, oca, stop } from '../../../src/index.js';
import { ALSO_PORTFOLIO, type Chain, EVERY, MARGIN, NOT_IRA_CASH, SPREADS, WITHOUT_LOAN } from './chain.js';
import {
  assigned,
  buys,
  cancel,
  change,
  days,
  exercises,
  expired,
  filled,
  group,
  holds,
  legs,
  moves,
  numbers,
  place,
  sells,
  trades,
  waits,
} from './steps.js';

const BUY_WRITE = legs(['AAPL', 100], ['AAPL C105', -1]);
const ROLL = legs(['AAPL C105', 1], ['AAPL C110 far', -1]);
const VERTICAL = legs(['AAPL C100', 1], ['AAPL C105', -1]);
const INDEX_VERTICAL = legs(['SPX P6400', -1], ['SPX P6375', 1]);
const CONDOR = legs(['AAPL P90', 1], ['AAPL P95', -1], ['AAPL C105', -1], ['AAPL C110', 1]);
const STRADDLE = legs(['AAPL C100', 1], ['AAPL P100', 1]);
const COLLAR = legs(['AAPL', 100], ['AAPL P95', 1], ['AAPL C105', -1]);

export const OPTIONS: readonly Chain[] = [
  [
    'covered call: shares, a call written, bought back, the shares sold',
    EVERY,
    {},
    [buys('AAPL', 100), sells('AAPL C105', 1), holds('AAPL C105', -1), buys('AAPL C105', 1), sells('AAPL', 100)],
    [holds('AAPL', 0), holds('AAPL C105', 0)],
  ],
  [
    'a covered call is rolled as one combination',
    EVERY,
    {},
    [buys('AAPL', 100), sells('AAPL C105', 1), trades(ROLL, 'BUY', 1, 6), holds('AAPL C105', 0), holds('AAPL C110 far', -1)],
    [buys('AAPL C110 far', 1), sells('AAPL', 100)],
  ],
  [
    'a covered call is rolled leg by leg, and is called away',
    EVERY,
    {},
    [buys('AAPL', 100), sells('AAPL C105', 1), buys('AAPL C105', 1), sells('AAPL C110 far', 1), moves('AAPL', 120)],
    [assigned('AAPL C110 far', 1), holds('AAPL', 0), buys('AAPL', 100)],
  ],
  [
    'a buy-write as one combination, called away',
    WITHOUT_LOAN,
    {},
    [trades(BUY_WRITE, 'BUY', 1, 101), holds('AAPL', 100), moves('AAPL', 115), assigned('AAPL C105', 1), holds('AAPL', 0)],
    [days(), trades(BUY_WRITE, 'BUY', 1, 116)],
  ],
  [
    'a buy-write undone as one combination',
    WITHOUT_LOAN,
    {},
    [trades(BUY_WRITE, 'BUY', 1, 101), numbers, trades(BUY_WRITE, 'SELL', 1, 85), holds('AAPL', 0), holds('AAPL C105', 0)],
  ],
  [
    'the wheel: a secured put, assigned, a covered call, called away, another put',
    EVERY,
    {},
    [sells('AAPL P95', 1), moves('AAPL', 90), assigned('AAPL P95', 1), holds('AAPL', 100), sells('AAPL C105', 1)],
    [moves('AAPL', 110), assigned('AAPL C105', 1), holds('AAPL', 0), sells('AAPL P95 far', 1), holds('AAPL P95 far', -1)],
  ],
  [
    'a secured put expires worthless, and the next one is written with the same money',
    ALSO_PORTFOLIO,
    { cash: { USD: 10_000 } },
    [sells('AAPL P95', 1), expired('AAPL P95', -1), sells('AAPL P95 far', 1)],
  ],
  [
    'a secured put is bought back, and written at another strike',
    EVERY,
    { cash: { USD: 12_000 } },
    [sells('AAPL P95', 1), buys('AAPL P95', 1), numbers, sells('AAPL P90', 1), holds('AAPL P90', -1)],
  ],
  [
    'a long call is exercised, and the shares are sold',
    EVERY,
    {},
    [buys('AAPL C95', 1), moves('AAPL', 110), exercises('AAPL C95', 1), holds('AAPL', 100), holds('AAPL C95', 0)],
    [sells('AAPL', 100), holds('AAPL', 0)],
  ],
  [
    'a protective put is exercised: the shares go at its strike',
    EVERY,
    {},
    [buys('AAPL', 100), buys('AAPL P100', 1), moves('AAPL', 90), exercises('AAPL P100', 1), holds('AAPL', 0)],
    [holds('AAPL P100', 0), days(), buys('AAPL', 100)],
  ],
  [
    'a protective put: shares sold first, then the put',
    EVERY,
    {},
    [buys('AAPL', 100), buys('AAPL P95', 1), sells('AAPL', 100), sells('AAPL P95', 1), holds('AAPL', 0)],
  ],
  [
    'a long call in a bracket, whose stop is moved',
    EVERY,
    {},
    [group('call', 'AAPL C105', bracket(limit('BUY', 1, 9), { takeProfit: 40, stopLoss: 0.5 })), filled('call 0')],
    [change('call 2', { auxPrice: 0.6 }), moves('AAPL', 150), filled('call 1'), holds('AAPL C105', 0)],
  ],
  [
    'long calls sold by halves',
    ALSO_PORTFOLIO,
    {},
    [buys('AAPL C105', 4), sells('AAPL C105', 2), sells('AAPL C105', 2, { deliberate: true }), holds('AAPL C105', 0)],
  ],
  [
    'a straddle bought as one combination, closed leg by leg',
    ALSO_PORTFOLIO,
    {},
    [trades(STRADDLE, 'BUY', 1, 20), moves('AAPL', 108), sells('AAPL P100', 1), sells('AAPL C100', 1), holds('AAPL C100', 0)],
  ],
  [
    'a collar leg by leg, unwound in the lawful order',
    EVERY,
    {},
    [buys('AAPL', 100), buys('AAPL P95', 1), sells('AAPL C105', 1), days(), buys('AAPL C105', 1), sells('AAPL P95', 1)],
    [sells('AAPL', 100), holds('AAPL', 0)],
  ],
  [
    'a collar as one combination, and its call bought back',
    WITHOUT_LOAN,
    {},
    [trades(COLLAR, 'BUY', 1, 105), holds('AAPL', 100), buys('AAPL C105', 1), sells('AAPL', 100), sells('AAPL P95', 1)],
  ],
  [
    'a covered call whose limit is lowered until it fills; a stop for half of the shares that are free',
    EVERY,
    {},
    [buys('AAPL', 200), place('write', 'AAPL C105', limit('SELL', 1, 9)), place('exit', 'AAPL', stop('SELL', 100, 90))],
    [change('write', { lmtPrice: 1 }), filled('write'), cancel('exit'), buys('AAPL C105', 1), sells('AAPL', 200)],
  ],
  [
    'exits of a long call, one cancels the other',
    ALSO_PORTFOLIO,
    {},
    [buys('AAPL C105', 2), group('exit', 'AAPL C105', oca([limit('SELL', 2, 40), stop('SELL', 2, 0.2)], 'calls'))],
    [moves('AAPL', 150), filled('exit 0'), holds('AAPL C105', 0)],
  ],
  [
    'a vertical leg by leg: the long one first, and the short one closed first',
    SPREADS,
    {},
    [buys('AAPL C100', 1), sells('AAPL C105', 1), days(), buys('AAPL C105', 1), sells('AAPL C100', 1), holds('AAPL C100', 0)],
  ],
  [
    'a vertical opened and closed as one combination',
    [...SPREADS, 'portfolio-margin'],
    {},
    [trades(VERTICAL, 'BUY', 1, 4), holds('AAPL C105', -1), numbers, trades(VERTICAL, 'SELL', 1, 1), holds('AAPL C105', 0)],
  ],
  [
    'a credit vertical on an index in European style, opened and closed as one combination',
    ALSO_PORTFOLIO,
    {},
    [trades(INDEX_VERTICAL, 'BUY', 1, -5), holds('SPX P6400', -1), numbers, trades(INDEX_VERTICAL, 'SELL', 1, -20)],
    [holds('SPX P6400', 0)],
  ],
  [
    'a condor opened and closed as one combination',
    [...SPREADS, 'portfolio-margin'],
    {},
    [trades(CONDOR, 'BUY', 1, -1), holds('AAPL P95', -1), numbers, trades(CONDOR, 'SELL', 1, -4.5), holds('AAPL P95', 0)],
  ],
  [
    'a call of a later month behind a short one, closed in the lawful order',
    SPREADS,
    {},
    [buys('AAPL C105 far', 1), sells('AAPL C105', 1), expired('AAPL C105', -1), sells('AAPL C105 far', 1)],
  ],
  [
    'a future bought and sold',
    [...SPREADS, 'portfolio-margin'],
    {},
    [
      buys('MES', 1),
      holds('MES', 1),
      place('exit', 'MES', stop('SELL', 1, 6_000)),
      cancel('exit'),
      sells('MES', 1),
      holds('MES', 0),
    ],
  ],
  [
    'coins for an amount of money, sold by their size',
    [...MARGIN, 'cash'],
    {},
    [
      place('entry', 'BTC', market('BUY', cash(1_000))),
      filled('entry'),
      async (play) => {
        const { conId = 0 } = await play.contract('BTC');
        await sells('BTC', play.held(conId))(play);
      },
      holds('BTC', 0),
    ],
  ],
  ['euros bought and sold again', NOT_IRA_CASH, {}, [buys('EUR.USD', 25_000), waits(2_000), days(2), sells('EUR.USD', 25_000)]],
];
