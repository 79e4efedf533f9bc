// Questions that end by themselves: equal ones share one, others wait for a place; streams alone are refused when none is free.

import { describe, expect, it } from 'vitest';
import { createAccounts } from '../../../src/client/accounts/facade.js';
import { openSummary } from '../../../src/client/accounts/values.js';
import { createContracts } from '../../../src/client/contracts/facade.js';
import { questionsOf } from '../../../src/client/conversation/questions.js';
import { createHistory } from '../../../src/client/history/facade.js';
import { createMarket } from '../../../src/client/market/facade.js';
import { createScanner } from '../../../src/client/scanner/facade.js';
import { AdmissionError, ClosedError, type GatewayError, TimeoutError } from '../../../src/client/wire/errors.js';
import { settle } from '../../helpers/hand-timer.js';
import { type PaperSession, paperSession } from './paper-link.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const scan = { scanCode: 'TOP_PERC_GAIN', instrument: 'STK', locationCode: 'STK.US' };
const bars = { duration: '1 D', size: '5 secs', show: 'TRADES' } as const;

const askedOf = (paper: PaperSession, kind: string) => paper.sent.filter((sent) => sent.kind === kind);

/** Answers the summary that was asked last. */
function answerSummary(paper: PaperSession, at: number): void {
  const { reqId } = askedOf(paper, 'reqAccountSummary')[at] as { reqId: number };
  paper.say('accountSummary', { reqId, account: 'DU9000001', tag: 'AccountType', value: 'INDIVIDUAL', currency: '' });
  paper.say('accountSummaryEnd', { reqId });
}

describe('equal questions', () => {
  it('four equal summaries in one turn are one request, and each caller has a list of its own', async () => {
    const paper = await paperSession({ limits: {} });
    const { summary } = createAccounts(paper.session);
    const all = Promise.all([1, 2, 3, 4].map(() => summary(['NetLiquidation', 'BuyingPower'])));
    await settle();
    expect(askedOf(paper, 'reqAccountSummary')).toHaveLength(1);
    answerSummary(paper, 0);
    const [first, second] = await all;
    expect(first).toEqual(second);
    expect(first).not.toBe(second);
    expect(askedOf(paper, 'cancelAccountSummary')).toHaveLength(1);
    expect(questionsOf(paper.session).size).toBe(0);
  });

  it('two linked() beside an open live(): two places in all', async () => {
    const paper = await paperSession({ limits: {} });
    const accounts = createAccounts(paper.session);
    const live = accounts.live();
    await settle();
    const both = Promise.all([accounts.linked(), accounts.linked()]);
    await settle();
    expect(askedOf(paper, 'reqAccountSummary')).toHaveLength(2);
    answerSummary(paper, 1);
    const kinds = (await both).map((linked) => linked[0]?.accountType);
    expect(kinds).toEqual(['INDIVIDUAL', 'INDIVIDUAL']);
    expect(live.states.numbers.at).toBe('opening');
    live.close();
  });

  it.each([
    ['bars', (paper: PaperSession) => createHistory(paper.session).bars(stock, bars), 'reqHistoricalData'],
    ['how far data reaches', (paper: PaperSession) => createHistory(paper.session).headTimestamp(stock), 'reqHeadTimestamp'],
    ['details', (paper: PaperSession) => createContracts(paper.session).details(stock), 'reqContractDetails'],
    ['a search', (paper: PaperSession) => createContracts(paper.session).search('AAP'), 'reqMatchingSymbols'],
    ['a scan', (paper: PaperSession) => createScanner(paper.session).run(scan), 'reqScannerSubscription'],
    [
      'parameters of a smart route',
      (paper: PaperSession) => createMarket(paper.session).smartComponents('a6'),
      'reqSmartComponents',
    ],
  ] as const)('%s, asked twice in one turn, leave once', async (_, ask, kind) => {
    const paper = await paperSession({ limits: {} });
    const both = [ask(paper), ask(paper)].map((one) => Promise.resolve(one).catch((error: unknown) => error));
    await settle();
    expect(askedOf(paper, kind)).toHaveLength(1);
    paper.say('error', { reqId: askedOf(paper, kind)[0]?.reqId as number, errorCode: 321, errorString: 'no' });
    const outcomes = await Promise.all(both);
    expect(outcomes.map((one) => (one as GatewayError).errorCode)).toEqual([321, 321]);
  });

  it('a second scan that joins the first has its rows', async () => {
    const paper = await paperSession({ limits: {} });
    const { run } = createScanner(paper.session);
    const both = Promise.all([run(scan), run(scan)]);
    await settle();
    const { reqId } = askedOf(paper, 'reqScannerSubscription')[0] as { reqId: number };
    paper.say('scannerData', { reqId, elements: [{ rank: 0, contract: stock, marketName: 'NMS' }] });
    expect((await both).map((rows) => rows.map(({ contract }) => contract?.symbol))).toEqual([['AAPL'], ['AAPL']]);
    await settle();
    expect(askedOf(paper, 'cancelScannerSubscription')).toHaveLength(1);
  });

  it('each keeps its own deadline and signal; what was asked is taken back when the last has gone', async () => {
    const paper = await paperSession({ limits: {} });
    const { details } = createContracts(paper.session);
    const controller = new AbortController();
    const first = details(stock, { timeout: 1_000 }).catch((error: unknown) => error);
    const second = details(stock, { timeout: 60_000, signal: controller.signal }).catch((error: unknown) => error);
    await paper.timer.advance(1_000);
    expect(await first).toBeInstanceOf(TimeoutError);
    expect(paper.sent.map(({ kind }) => kind)).toEqual(['reqContractDetails']);
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await second).toBe(reason);
    expect(paper.sent.map(({ kind }) => kind)).toEqual(['reqContractDetails', 'cancelContractData']);
    expect(paper.timer.pending).toBe(0);
  });

  it('a lost connection ends all of them, and the next question is a new one', async () => {
    const paper = await paperSession({ limits: {} });
    const { details } = createContracts(paper.session);
    const both = [details(stock), details(stock)].map((one) => one.catch((error: unknown) => error));
    await settle();
    paper.cut();
    for (const outcome of await Promise.all(both)) expect(outcome).toBeInstanceOf(ClosedError);
    await paper.timer.advance(1_000);
    void details(stock).catch(() => {});
    await settle();
    expect(askedOf(paper, 'reqContractDetails').map(({ connection }) => connection)).toEqual([1, 2]);
    paper.session.close();
  });

  it('share nothing when they differ in a field, or in how much they take', async () => {
    const paper = await paperSession({ limits: {} });
    const { details } = createContracts(paper.session);
    const all = [details(stock), details({ ...stock, currency: 'EUR' }), details(stock, { maxRows: 1 })];
    for (const one of all) one.catch(() => {});
    await settle();
    expect(askedOf(paper, 'reqContractDetails')).toHaveLength(3);
    paper.session.close();
  });

  it('that wait for admission leave as one when the first is let in', async () => {
    const paper = await paperSession({ limits: { accountSummaries: 1 } });
    const { summary } = createAccounts(paper.session);
    const first = summary(['NetLiquidation']);
    const equal = [summary(['BuyingPower']), summary(['BuyingPower'], { timeout: 20_000 })];
    await settle();
    expect(paper.session.gatekeeper.view?.waiting.find(({ lane }) => lane === 'request')?.count).toBe(2);
    answerSummary(paper, 0);
    await first;
    await settle();
    expect(askedOf(paper, 'reqAccountSummary').map(({ message }) => message['tags'])).toEqual(['NetLiquidation', 'BuyingPower']);
    expect(paper.session.gatekeeper.view?.waiting.every(({ count }) => count === 0)).toBe(true);
    answerSummary(paper, 1);
    await Promise.all(equal);
    expect(questionsOf(paper.session).size).toBe(0);
    expect(paper.timer.pending).toBe(0);
  });
});

describe('questions that differ', () => {
  it('wait for a place among the account summaries, and leave in their order', async () => {
    const paper = await paperSession({ limits: {} });
    const { linked, summary } = createAccounts(paper.session);
    const all = [linked(), summary(['NetLiquidation']), summary(['BuyingPower']), summary(['Cushion'])];
    await settle();
    for (let at = 0; at < all.length; at++) {
      answerSummary(paper, at);
      await all[at];
      await settle();
    }
    const tags = askedOf(paper, 'reqAccountSummary').map(({ message }) => message['tags']);
    expect(tags).toEqual(['AccountType', 'NetLiquidation', 'BuyingPower', 'Cushion']);
  });

  it('wait for streams to close, and say after their time what was in the way', async () => {
    const paper = await paperSession({ limits: {} });
    const { summary } = createAccounts(paper.session);
    const streams = [openSummary(paper.session, 'All', 'NetLiquidation'), openSummary(paper.session, 'All', 'BuyingPower')];
    await settle();
    const short = summary(['Cushion'], { timeout: 5_000 }).catch((error: unknown) => error);
    const long = summary(['Leverage'], { timeout: 20_000 });
    await paper.timer.advance(5_000);
    expect(await short).toBeInstanceOf(AdmissionError);
    expect(await short).toMatchObject({ budget: 'accountSummaries', patienceMs: 5_000 });
    streams[0]?.close();
    await settle();
    answerSummary(paper, 2);
    expect(await long).toHaveLength(1);
    streams[1]?.close();
  });

  it('snapshots wait for a market-data line; a stream beside them is refused at once', async () => {
    const paper = await paperSession({ limits: { lines: 1 } });
    const market = createMarket(paper.session);
    const quotes = market.ticks(stock);
    await settle();
    const snapshot = market.snapshot({ ...stock, symbol: 'MSFT' });
    const late = market.snapshot({ ...stock, symbol: 'IBM' }, { timeout: 3_000 }).catch((error: unknown) => error);
    expect(await market.ticks({ ...stock, symbol: 'TSLA' }).ended).toBeInstanceOf(AdmissionError);
    await paper.timer.advance(3_000);
    expect(await late).toBeInstanceOf(AdmissionError);
    quotes.close();
    await settle();
    const admitted = askedOf(paper, 'reqMktData')[1];
    expect(admitted?.message['contract']).toMatchObject({ symbol: 'MSFT' });
    const reqId = admitted?.reqId as number;
    paper.say('tickPrice', { reqId, tickType: 1, price: 10, size: 1 });
    paper.say('tickSnapshotEnd', { reqId });
    expect((await snapshot).bid?.value).toBe(10);
    expect(paper.timer.pending).toBe(0);
  });

  it('scans wait for a place among those that go on; the eleventh that goes on is refused at once', async () => {
    const paper = await paperSession({ limits: { scanners: 1 } });
    const scanner = createScanner(paper.session);
    const goesOn = scanner.subscribe(scan);
    await settle();
    expect(await scanner.subscribe({ ...scan, scanCode: 'HOT_BY_VOLUME' }).ended).toBeInstanceOf(AdmissionError);
    const waits = scanner.run({ ...scan, scanCode: 'MOST_ACTIVE' });
    const late = scanner.run({ ...scan, scanCode: 'TOP_VOLUME_RATE' }, { timeout: 4_000 }).catch((error: unknown) => error);
    await paper.timer.advance(4_000);
    expect(await late).toBeInstanceOf(AdmissionError);
    goesOn.close();
    await settle();
    const { reqId } = askedOf(paper, 'reqScannerSubscription')[1] as { reqId: number };
    paper.say('scannerData', { reqId, elements: [] });
    expect(await waits).toEqual([]);
  });

  it('one that is given up while it waits takes no place and no turn', async () => {
    const paper = await paperSession({ limits: { accountSummaries: 1, lines: 1 } });
    const { summary } = createAccounts(paper.session);
    const market = createMarket(paper.session);
    const first = summary(['NetLiquidation']);
    const line = market.ticks(stock);
    const controller = new AbortController();
    const reason = new Error('enough');
    const given = [
      summary(['BuyingPower'], { signal: controller.signal }),
      market.snapshot({ ...stock, symbol: 'MSFT' }, { signal: controller.signal }),
    ].map((one) => one.catch((error: unknown) => error));
    await settle();
    controller.abort(reason);
    expect(await Promise.all(given)).toEqual([reason, reason]);
    expect(paper.session.gatekeeper.view?.waiting.every(({ count }) => count === 0)).toBe(true);
    answerSummary(paper, 0);
    await first;
    line.close();
    await settle();
    expect(paper.sent.map(({ kind }) => kind)).toEqual([
      'reqAccountSummary',
      'reqMktData',
      'cancelAccountSummary',
      'cancelMktData',
    ]);
    expect(paper.timer.pending).toBe(0);
  });
});
