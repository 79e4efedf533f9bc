// Lawful conversations about stocks and what is held like them.

import {
  activateWhen,
  bracket,
  cash,
  limit,
  limitIfTouched,
  limitOnOpen,
  market,
  marketIfTouched,
  marketOnClose,
  oca,
  price,
  stop,
  stopLimit,
  trail,
} from '../../../src/index.js';
import { ALSO_PORTFOLIO, type Chain, EVERY, MARGIN, NOT_IRA_CASH } from './chain.js';
import { DAY, MINUTE } from './play.js';
import {
  ACCOUNT,
  buys,
  cancel,
  change,
  cuts,
  days,
  filled,
  gone,
  group,
  holds,
  moves,
  numbers,
  OTHER,
  place,
  sells,
  stages,
  waits,
} from './steps.js';

const EXITS = oca([limit('SELL', 100, 110), stop('SELL', 100, 90)], 'exits');
const UNUSUAL = { evenIfUnusual: true };
const MSFT_RISES = price({ conId: 272093, exchange: 'SMART' }).above(55);

export const STOCKS: readonly Chain[] = [
  [
    'buy, exits, move the stop, the profit taker fills, its sibling goes, buy again with what is settled',
    ALSO_PORTFOLIO,
    {},
    [buys('AAPL', 100), group('exit', 'AAPL', EXITS), change('exit 1', { auxPrice: 95 }), moves('AAPL', 112)],
    [filled('exit 0'), gone('exit 1'), holds('AAPL', 0), buys('AAPL', 200), holds('AAPL', 200)],
  ],
  [
    'a bracket whose stop is moved and hit, and another one after it',
    ALSO_PORTFOLIO,
    {},
    [group('first', 'AAPL', bracket(limit('BUY', 100, 101), { takeProfit: 110, stopLoss: 90 })), filled('first 0')],
    [change('first 2', { auxPrice: 97 }), moves('AAPL', 95), filled('first 2'), gone('first 1'), holds('AAPL', 0)],
    [group('second', 'AAPL', bracket(limit('BUY', 100, 96), { takeProfit: 110, stopLoss: 90 })), filled('second 0')],
  ],
  [
    'a bracket that is taken back before its entry, and is written again',
    ALSO_PORTFOLIO,
    {},
    [group('first', 'AAPL', bracket(limit('BUY', 100, 95), { takeProfit: 110, stopLoss: 90 })), cancel('first 0')],
    [gone('first 1', 'first 2')],
    [group('second', 'AAPL', bracket(limit('BUY', 100, 95), { takeProfit: 110, stopLoss: 90 })), moves('AAPL', 94)],
    [filled('second 0'), holds('AAPL', 100)],
  ],
  [
    'a purchase that fills in part, its rest cancelled, and what came sold',
    EVERY,
    {},
    [place('entry', 'AAPL', market('BUY', 60)), filled('entry'), place('more', 'AAPL', limit('BUY', 200, 99.5)), cancel('more')],
    [sells('AAPL', 20), sells('AAPL', 40), holds('AAPL', 0)],
  ],
  [
    'a limit changed down, then up, until it fills',
    EVERY,
    {},
    [place('entry', 'AAPL', limit('BUY', 100, 95)), change('entry', { lmtPrice: 94, totalQuantity: '50' })],
    [
      change('entry', { lmtPrice: 96, totalQuantity: '150' }),
      change('entry', { lmtPrice: 101 }),
      filled('entry'),
      holds('AAPL', 150),
    ],
  ],
  [
    'an order that is taken back and placed again at once',
    EVERY,
    {},
    [place('first', 'AAPL', limit('BUY', 100, 95)), cancel('first'), place('second', 'AAPL', limit('BUY', 100, 95))],
    [cancel('second'), place('third', 'AAPL', limit('BUY', 100, 95)), change('third', { lmtPrice: 101 }), filled('third')],
  ],
  [
    'everything there is, twice: taken back, and placed anew',
    ALSO_PORTFOLIO,
    {},
    [place('first', 'AAPL', limit('BUY', 590, 100)), cancel('first'), place('second', 'AAPL', limit('BUY', 595, 99))],
    [cancel('second'), place('third', 'AAPL', limit('BUY', 590, 101)), filled('third'), sells('AAPL', 590)],
  ],
  [
    'the link breaks in the middle, and the exit comes after it',
    ALSO_PORTFOLIO,
    {},
    [buys('AAPL', 100), place('exit', 'AAPL', stop('SELL', 100, 90)), cuts, change('exit', { auxPrice: 95 })],
    [cancel('exit'), sells('AAPL', 100), holds('AAPL', 0)],
  ],
  [
    'the link breaks while an entry works; it fills meanwhile, and is sold',
    ALSO_PORTFOLIO,
    {},
    [
      place('entry', 'AAPL', limit('BUY', 100, 95)),
      (play) => {
        play.gateway.faults.cut();
        play.gateway.market.set('AAPL', 94);
      },
    ],
    [waits(15_000), filled('entry'), sells('AAPL', 100), holds('AAPL', 0)],
  ],
  [
    'a stop becomes a trail',
    ALSO_PORTFOLIO,
    { holdings: { AAPL: 100 } },
    [place('exit', 'AAPL', stop('SELL', 100, 90)), change('exit', { orderType: 'TRAIL', auxPrice: 3 }, UNUSUAL)],
    [moves('AAPL', 110), moves('AAPL', 104), filled('exit'), holds('AAPL', 0)],
  ],
  [
    'a limit becomes an order at the market',
    EVERY,
    {},
    [place('entry', 'AAPL', limit('BUY', 100, 95)), change('entry', { orderType: 'MKT' }, UNUSUAL), filled('entry')],
    [place('exit', 'AAPL', limit('SELL', 100, 120)), change('exit', { orderType: 'MKT' }, UNUSUAL), filled('exit')],
  ],
  [
    'dollars into euros, a stock in euros bought and sold, and back to dollars',
    [...NOT_IRA_CASH, 'portfolio-margin'],
    {},
    [buys('EUR.USD', 20_000), days(2), buys('SAP', 100), holds('SAP', 100), sells('SAP', 100), days(2)],
    [sells('EUR.USD', 19_000), days(2), buys('AAPL', 300)],
  ],
  [
    'two accounts side by side: each has its own money and its own shares',
    ALSO_PORTFOLIO,
    {},
    [buys('AAPL', 550), buys('AAPL', 550, { account: OTHER }), holds('AAPL', 550), holds('AAPL', 550, OTHER)],
    [sells('AAPL', 550, { account: OTHER }), sells('AAPL', 550), holds('AAPL', 0), holds('AAPL', 0, OTHER)],
  ],
  [
    'a rebalancing in two waves: sales, then purchases with what they have brought',
    EVERY,
    { cash: { USD: 1_000 }, holdings: { AAPL: 300, IBM: 50 } },
    [sells('AAPL', 200), sells('IBM', 50), days(), buys('MSFT', 300), buys('AAPL', 10), holds('MSFT', 300)],
  ],
  [
    'sales and purchases on one day, where proceeds count at once',
    ['reg-t', 'portfolio-margin', 'ira-margin'],
    { cash: { USD: 1_000 }, holdings: { AAPL: 300 } },
    [sells('AAPL', 200), buys('MSFT', 300), holds('MSFT', 300)],
  ],
  [
    'shares for an amount of cash, a fraction among them, and all of it sold',
    ALSO_PORTFOLIO,
    {},
    [place('entry', 'AAPL', market('BUY', cash(1_234))), filled('entry')],
    [
      async (play) => {
        const { conId = 0 } = await play.contract('AAPL');
        await place('exit', 'AAPL', market('SELL', play.held(conId)))(play);
      },
      filled('exit'),
      holds('AAPL', 0),
    ],
  ],
  [
    'half is sold, the rest trails',
    ALSO_PORTFOLIO,
    {},
    [buys('AAPL', 200), moves('AAPL', 108), sells('AAPL', 100), place('rest', 'AAPL', trail('SELL', 100, { amount: 3 }))],
    [moves('AAPL', 115), moves('AAPL', 111), filled('rest'), holds('AAPL', 0)],
  ],
  [
    'two purchases of which one is meant; then the other is bought after all',
    EVERY,
    {},
    [group('either', 'AAPL', oca([limit('BUY', 300, 97), limit('BUY', 500, 90)], 'either')), moves('AAPL', 96)],
    [filled('either 0'), gone('either 1'), numbers, buys('AAPL', 300), holds('AAPL', 600)],
  ],
  [
    'an order of an earlier run is found and moved',
    EVERY,
    {},
    [place('entry', 'AAPL', limit('BUY', 100, 95, { tif: 'GTC' }))],
    [
      async (play) => {
        play.ib.close();
        await play.pass(2_000);
        play.ib = await play.join(1);
        await play.contract('AAPL');
        const [found] = await play.until(play.ib.orders.open({ which: 'own' }));
        if (found !== undefined) play.trades.set('entry', found);
      },
      change('entry', { lmtPrice: 101 }, UNUSUAL),
      filled('entry'),
      sells('AAPL', 100),
    ],
  ],
  [
    'an order that works from a time on',
    ALSO_PORTFOLIO,
    {},
    [place('entry', 'AAPL', limit('BUY', 100, 101, { goodAfterTime: '20260902-15:00:00' })), holds('AAPL', 0)],
    [waits(61 * MINUTE), filled('entry'), sells('AAPL', 100)],
  ],
  [
    'sold at the close, bought at the next open',
    EVERY,
    { cash: { USD: 50_000 }, holdings: { AAPL: 100 }, at: 340 * MINUTE },
    [place('close', 'AAPL', marketOnClose('SELL', 100)), waits(30 * MINUTE), filled('close'), holds('AAPL', 0)],
    [place('open', 'AAPL', limitOnOpen('BUY', 100, 109)), days(), filled('open'), holds('AAPL', 100)],
  ],
  [
    'a dividend is paid and put back into the fund',
    ALSO_PORTFOLIO,
    { cash: { USD: 10 }, holdings: { SPY: 100 } },
    [(play) => play.pay(250), waits(200_000), place('again', 'SPY', market('BUY', cash(200))), filled('again')],
  ],
  [
    'a protecting stop follows the price up, and is sold at it',
    ALSO_PORTFOLIO,
    {},
    [buys('AAPL', 100), place('exit', 'AAPL', stop('SELL', 100, 90)), moves('AAPL', 105), change('exit', { auxPrice: 95 })],
    [moves('AAPL', 110), change('exit', { auxPrice: 105 }), moves('AAPL', 104), filled('exit'), holds('AAPL', 0)],
  ],
  [
    'a stop with a limit, taken back for one without',
    ALSO_PORTFOLIO,
    { holdings: { AAPL: 100 } },
    [place('exit', 'AAPL', stopLimit('SELL', 100, 95, 94)), cancel('exit'), place('better', 'AAPL', stop('SELL', 100, 95))],
    [moves('AAPL', 93), filled('better'), holds('AAPL', 0)],
  ],
  [
    'bought in three parts, the last of which is taken back, and sold whole',
    EVERY,
    {},
    [
      place('1', 'AAPL', limit('BUY', 100, 99)),
      place('2', 'AAPL', limit('BUY', 100, 97)),
      place('3', 'AAPL', limit('BUY', 100, 90)),
    ],
    [moves('AAPL', 96), filled('1', '2'), cancel('3'), sells('AAPL', 200), holds('AAPL', 0)],
  ],
  [
    'sold in three parts at rising limits',
    EVERY,
    {},
    [buys('AAPL', 300), place('1', 'AAPL', limit('SELL', 100, 103)), place('2', 'AAPL', limit('SELL', 100, 106))],
    [
      place('3', 'AAPL', limit('SELL', 100, 109)),
      moves('AAPL', 107),
      filled('1', '2'),
      change('3', { lmtPrice: 105 }),
      filled('3'),
    ],
  ],
  [
    'what is immediate does not fill and is asked again dearer',
    EVERY,
    {},
    [
      place('1', 'AAPL', limit('BUY', 50, 95, { tif: 'IOC' })),
      gone('1'),
      place('2', 'AAPL', limit('BUY', 50, 96, { tif: 'FOK' })),
    ],
    [cancel('2'), buys('AAPL', 50), sells('AAPL', 50)],
  ],
  [
    'an order that waits for another stock, and the exit that waits for the same',
    ALSO_PORTFOLIO,
    {},
    [place('entry', 'AAPL', activateWhen(limit('BUY', 100, 102), MSFT_RISES)), moves('MSFT', 56), filled('entry')],
    [moves('MSFT', 50), place('exit', 'AAPL', activateWhen(market('SELL', 100), MSFT_RISES)), moves('MSFT', 57), filled('exit')],
  ],
  [
    'bought when touched, sold when touched',
    ALSO_PORTFOLIO,
    {},
    [place('entry', 'AAPL', marketIfTouched('BUY', 100, 95)), moves('AAPL', 94), filled('entry')],
    [place('exit', 'AAPL', limitIfTouched('SELL', 100, 105, 104)), moves('AAPL', 106), filled('exit'), holds('AAPL', 0)],
  ],
  [
    'an iceberg whose size is cut while it works',
    ALSO_PORTFOLIO,
    { holdings: { AAPL: 300 } },
    [place('exit', 'AAPL', limit('SELL', 300, 105, { displaySize: 50 })), change('exit', { totalQuantity: '200' })],
    [moves('AAPL', 107), filled('exit'), holds('AAPL', 100), sells('AAPL', 100)],
  ],
  [
    'staged first, released later',
    EVERY,
    {},
    [stages('entry', 'AAPL', limit('BUY', 100, 101))],
    [change('entry', { transmit: true }), filled('entry'), sells('AAPL', 100)],
  ],
  [
    'exits give way to the market',
    ALSO_PORTFOLIO,
    { holdings: { AAPL: 100 } },
    [group('exit', 'AAPL', EXITS), cancel('exit 0', 'exit 1'), place('now', 'AAPL', market('SELL', 100)), filled('now')],
  ],
  [
    'after hours, at a limit',
    EVERY,
    { at: 420 * MINUTE },
    [place('late', 'AAPL', limit('BUY', 100, 108, { outsideRth: true })), filled('late'), days()],
    [sells('AAPL', 100), holds('AAPL', 0)],
  ],
  [
    'an order of the day ends with it, and is placed again the next morning',
    EVERY,
    {},
    [place('today', 'AAPL', limit('BUY', 100, 80)), days(), gone('today'), place('again', 'AAPL', limit('BUY', 100, 80))],
    [change('again', { lmtPrice: 108 }), filled('again')],
  ],
  [
    'the kill switch takes back what works; released, orders leave again',
    ALSO_PORTFOLIO,
    {},
    [place('entry', 'AAPL', limit('BUY', 100, 95)), (play) => play.ib.orders.killSwitch.engage('a test'), gone('entry')],
    [(play) => play.ib.orders.killSwitch.release(), buys('AAPL', 100), sells('AAPL', 100), holds('AAPL', 0)],
  ],
  [
    'an order that was typed in is bound and taken back; its money is free again',
    ALSO_PORTFOLIO,
    {},
    [
      async (play) => {
        play.ib = await play.join(0);
        const { conId } = await play.contract('AAPL');
        const typed = { action: 'BUY', orderType: 'LMT', totalQuantity: '500', lmtPrice: 95, tif: 'GTC', account: ACCOUNT };
        play.gateway.engine.placeManual({ conId, exchange: 'SMART' } as never, typed as never);
        play.ib.raw.send('reqAutoOpenOrders', { autoBind: true });
        await play.pass(5_000);
        const [found] = play.ib.orders.book.live;
        if (found !== undefined) play.trades.set('typed', found);
      },
      cancel('typed'),
      buys('AAPL', 500),
      holds('AAPL', 500),
    ],
  ],
  [
    'another client of the login works beside, and ends',
    EVERY,
    {},
    [
      async (play) => {
        const mine = play.ib;
        play.ib = await play.join(2);
        await play.contract('AAPL');
        await place('theirs', 'AAPL', limit('BUY', 300, 95))(play);
        play.ib = mine;
        await place('mine', 'AAPL', limit('BUY', 200, 96))(play);
        await play.until(play.trade('theirs').cancel());
        await play.pass(2_000);
      },
      buys('AAPL', 300),
      holds('AAPL', 300),
    ],
  ],
  [
    'an hour in which nothing moves, a night, and an order after each',
    ['cash', 'ira-margin'],
    {},
    [buys('AAPL', 1), waits(60 * MINUTE), buys('AAPL', 2), waits(DAY), buys('AAPL', 3), sells('AAPL', 6), holds('AAPL', 0)],
  ],
  [
    'one share at a time, ten seconds apart',
    EVERY,
    {},
    [buys('AAPL', 1), waits(11_000), buys('AAPL', 1), waits(11_000), buys('AAPL', 1), sells('AAPL', 3), holds('AAPL', 0)],
  ],
  [
    'sold short and covered, in accounts that may',
    [...MARGIN, 'portfolio-margin'],
    {},
    [sells('MSFT', 100), holds('MSFT', -100), place('cover', 'MSFT', stop('BUY', 100, 52)), moves('MSFT', 53), filled('cover')],
  ],
  ['bought on margin, and sold', MARGIN, {}, [buys('AAPL', 900), sells('AAPL', 900), holds('AAPL', 0)]],
];
