// The tour of `ibwire demo`: one session against a simulated gateway, in acts that a person can read at 80 columns.

import { connect, type Ib } from '../../client/connect.js';
import { stock } from '../../client/contracts/builders.js';
import { formatSymbol } from '../../client/contracts/format-symbol.js';
import type { QualifiedContract } from '../../client/contracts/qualify.js';
import { limit, market } from '../../client/orders/builders/basic.js';
import { bracket } from '../../client/orders/builders/bracket.js';
import { RuleError } from '../../client/orders/order-errors.js';
import type { SimulatedGateway } from '../../gateway/simulate.js';
import type { Io } from '../io.js';
import { liveView } from '../live-view.js';
import { eventText } from '../order/trade-text.js';
import { bad, dim, figure, good, heading, right, signed, table, warn } from '../print.js';
import { changeOf, decimalsOf, type Watched, watchQuotes } from '../quote-rows.js';
import { startSimulated } from '../session/simulated.js';
import { untilStopped } from '../until-stopped.js';

/** Parts of the whole that a pause takes; what happens between them takes the rest. */
const PAUSE = { begin: 0.04, accounts: 0.12, quotes: 0.24, bracket: 0.14, refusal: 0.14, outage: 0.08, end: 0.02 } as const;
/** Quick attempts: nobody watches a tour for a minute. */
const BACK_OFF = { baseMs: 400, capMs: 600, floorMs: 200 } as const;
const WATCHED = ['AAPL', 'MSFT', 'NVDA', 'SPY', 'EUR.USD'] as const;
const [MARGIN, ROTH] = ['DU9000001', 'DU9000002'] as const;

interface Stage {
  readonly io: Io;
  readonly ib: Ib;
  readonly gateway: SimulatedGateway;
  readonly aapl: QualifiedContract;
  pause(part: keyof typeof PAUSE): Promise<void>;
}

/** Plays the tour; `seconds` for the whole of it. */
export async function tour(io: Io, seconds: number): Promise<void> {
  await using gateway = await startSimulated();
  const began = performance.now();
  await using ib = await connect({
    port: gateway.port,
    backOff: BACK_OFF,
    orders: { accounts: { kinds: { [MARGIN]: 'reg-t' }, watch: 'all' } },
  });
  const took = performance.now() - began;
  const { serverVersion } = ib;
  io.out(heading('ibwire', `a simulated gateway on 127.0.0.1:${gateway.port}, no account needed`));
  io.out(`  connected in ${took.toFixed(0)} ms, server version ${serverVersion}, ${ib.accounts.ids.length} accounts`);
  const pause = (part: keyof typeof PAUSE): Promise<void> => untilStopped(io, seconds * PAUSE[part]);
  const stage: Stage = { io, ib, gateway, aapl: await ib.contracts.qualify(stock('AAPL')), pause };
  for (const act of [showAccounts, showQuotes, showBracket, showRefusal, showOutage]) {
    if (io.stop.aborted) return;
    await act(stage);
  }
  io.out(`\n${dim('Yours: npx ibwire simulate, and the first program of the README beside it.')}`);
  io.out(dim('A gateway of yours: npx ibwire doctor'));
}

async function showAccounts({ io, ib, pause }: Stage): Promise<void> {
  await pause('begin');
  const rows = await ib.accounts.summary(['AccountType', 'NetLiquidation', 'TotalCashValue', 'BuyingPower']);
  const valueIn = (account: string, tag: string): string | undefined =>
    rows.find((row) => row.account === account && row.tag === tag)?.value;
  io.out(heading('Accounts', 'one that may borrow, one that may not'));
  io.out(
    table(
      ['account', 'type', right('net liquidation'), right('cash'), right('buying power')],
      ib.accounts.ids.map((account) => [
        account,
        valueIn(account, 'AccountType'),
        figure(valueIn(account, 'NetLiquidation'), 2),
        figure(valueIn(account, 'TotalCashValue'), 2),
        figure(valueIn(account, 'BuyingPower'), 2),
      ]),
    ),
  );
  const held = await ib.accounts.positions();
  const ofAccount = (account: string): string =>
    held
      .filter((row) => row.account === account)
      .map(({ contract, position }) => `${figure(position)} ${formatSymbol(contract)}`)
      .join(', ');
  for (const account of ib.accounts.ids) io.out(dim(`  ${account} holds ${ofAccount(account)}`));
  await pause('accounts');
}

async function showQuotes({ io, ib, pause }: Stage): Promise<void> {
  io.out(heading('Quotes', 'as they move'));
  const all = watchQuotes(ib, WATCHED);
  if (io.isTerminal) {
    const view = liveView(io, () => quoteTable(all));
    for (const { stream } of all) stream.on(() => view.changed());
    await pause('quotes');
    view.close();
  } else {
    let ticks = 0;
    for (const { stream } of all) stream.on(() => void ticks++);
    await pause('quotes');
    io.out(quoteTable(all));
    io.out(dim(`  ${figure(ticks)} ticks`));
  }
  for (const { stream } of all) stream.close();
}

function quoteTable(all: readonly Watched[]): string {
  return table(
    ['symbol', ...['bid', 'ask', 'last', 'change'].map((name) => right(name)), 'prices'],
    all.map(({ word, stream: { view } }) => {
      const price = (value: number | undefined): string | undefined => figure(value, decimalsOf(view));
      const { bid, ask, last } = view;
      return [
        word,
        ...[bid, ask, last].map((tick) => price(tick?.value)),
        signed(changeOf(view), decimalsOf(view)),
        view.dataType === 'unknown' ? undefined : view.dataType,
      ];
    }),
  );
}

/** The entry fills at once, the market is moved, the profit taker fills, the stop goes with it. */
async function showBracket({ io, ib, gateway, aapl, pause }: Stage): Promise<void> {
  const { ask } = await ib.market.snapshot(aapl);
  if (ask?.value === undefined) return;
  const [entry, profit, loss] = [ask.value + 0.5, ask.value * 1.01, ask.value * 0.99].map((price) => price.toFixed(2));
  io.out(heading(`A bracket in ${MARGIN}`, `buy 100 AAPL at ${entry}, profit at ${profit}, stop at ${loss}`));
  const group = bracket(limit('BUY', 100, entry ?? ''), { takeProfit: profit ?? '', stopLoss: loss ?? '' });
  const began = performance.now();
  const trades = ib.orders.placeGroup(aapl, group, { account: MARGIN });
  for (const [i, name] of ['entry', 'profit', 'stop'].entries()) {
    trades[i]?.events.on((event) => {
      const text = event.is === 'notice' ? undefined : eventText(event);
      if (text !== undefined)
        io.out(`  ${`${((performance.now() - began) / 1000).toFixed(2)} s`.padStart(7)}  ${name.padEnd(7)} ${text}`);
    });
  }
  await trades[0]?.filled;
  await pause('bracket');
  io.out(dim(`  … and the market goes up by 2 %`));
  gateway.market.set('AAPL', Number((ask.value * 1.02).toFixed(2)));
  await Promise.all(trades.map(({ done }) => done));
}

async function showRefusal({ io, ib, aapl, pause }: Stage): Promise<void> {
  io.out(heading(`A short sale in ${ROTH}`, 'a Roth IRA that holds 100 AAPL: sell 300'));
  try {
    const trade = ib.orders.place(aapl, market('SELL', 300), { account: ROTH });
    await trade.done;
    io.out(bad('  it was sent, and it should not have been'));
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    for (const { code, message, remedy, severity } of error.findings) {
      if (severity !== 'reject') continue;
      io.out(`  ${bad('✗')} not sent: ${code}`);
      io.out(`    ${message}`);
      io.out(`    ${good(remedy)}`);
    }
  }
  await pause('refusal');
}

/** The gateway restarts: the session comes back by itself, and so does the stream, which says what it has missed. */
async function showOutage({ io, ib, gateway, aapl, pause }: Stage): Promise<void> {
  io.out(heading('The gateway restarts', 'an AAPL stream is open'));
  const stream = ib.market.quotes(aapl);
  const reading = (async (): Promise<void> => {
    for await (const ticks of stream.batches()) {
      for (const { from, to, cause } of ticks.gaps) {
        io.out(`  ${warn('gap')} of ${((to - from) / 1000).toFixed(1)} s in the stream (${cause}): nothing is certain in it`);
        const { bid, ask } = stream.view;
        io.out(`  ${good('live again')}: AAPL bid ${figure(bid?.value, 2) ?? '-'}, ask ${figure(ask?.value, 2) ?? '-'}`);
        return;
      }
    }
  })();
  const stop = ib.on('state', (state) => {
    if (state.at === 'reconnecting') io.out(`  ${bad('lost')}, attempt ${state.attempt} in ${state.inMs} ms`);
    if (state.at === 'ready') io.out(`  ${good('back')} as client ${ib.clientId}, connection ${state.epoch}`);
  });
  await pause('outage');
  gateway.faults.restart({ downFor: 1_000 });
  await reading;
  stop();
  stream.close();
  await pause('end');
}
