// What is read and says of nothing that it is so: a row without whose or what it is, a tick or bar of no time, a list that breaks off.

import { describe, expect, it } from 'vitest';
import { facade, type Ib } from '../../../src/client/connect.js';
import { barTime } from '../../../src/client/history/bar.js';
import { isWholeXml } from '../../../src/client/wire/xml.js';
import { settle } from '../../helpers/hand-timer.js';
import { type PaperSession, paperSession } from '../session/paper-link.js';

const aapl = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD', conId: 265598 };
const ACCOUNT = 'DU9000001';

async function opened(serverVersion = 225): Promise<{ readonly paper: PaperSession; readonly ib: Ib }> {
  const paper = await paperSession({ serverVersion });
  return { paper, ib: facade(paper.session, { port: 1, orders: { accounts: 'none' } }) };
}

type Say = (paper: PaperSession, reqId: number) => void;
type Ask = (ib: Ib) => Promise<unknown>;

const bar = (date: string) => ({ date, open: 1, high: 2, low: 1, close: 2, volume: 1, wap: 1, barCount: 1 });

describe('a call rejects by the name of what is missing', () => {
  it.each<[string, Ask, Say, object]>([
    [
      'a holding of nobody',
      (ib) => ib.accounts.positions(),
      (paper) => paper.say('position', { contract: { conId: 1 }, position: '10' }),
      { kind: 'position', row: 'account', reason: 'is missing' },
    ],
    [
      'a holding of nothing',
      (ib) => ib.accounts.positions({ account: ACCOUNT }),
      (paper, reqId) => paper.say('positionMulti', { reqId, account: ACCOUNT, contract: { secType: 'STK' }, position: '10' }),
      { kind: 'positionMulti', row: 'contract', reason: 'is missing' },
    ],
    [
      'a number without a name',
      (ib) => ib.accounts.numbers(ACCOUNT),
      (paper, reqId) => paper.say('accountUpdateMulti', { reqId, account: ACCOUNT, value: '5', currency: 'USD' }),
      { kind: 'accountUpdateMulti', row: 'key' },
    ],
    [
      'a summary of nobody',
      (ib) => ib.accounts.summary(['NetLiquidation']),
      (paper, reqId) => {
        paper.say('accountSummary', { reqId, tag: 'NetLiquidation', value: '5', currency: 'USD' });
        paper.say('accountSummaryEnd', { reqId });
      },
      { kind: 'accountSummary', row: 'account' },
    ],
    [
      'a kind of an account without its tag',
      (ib) => ib.accounts.linked(),
      (paper, reqId) => {
        paper.say('accountSummary', { reqId, account: ACCOUNT, value: 'INDIVIDUAL' });
        paper.say('accountSummaryEnd', { reqId });
      },
      { kind: 'accountSummary', row: 'tag' },
    ],
    [
      'details of no contract',
      (ib) => ib.contracts.details(aapl),
      (paper, reqId) => {
        paper.say('contractDetails', { reqId, contract: aapl });
        paper.say('contractDetails', { reqId });
        paper.say('contractDetailsEnd', { reqId });
      },
      { kind: 'contractDetails', row: 'contract' },
    ],
    [
      'details without a conId, which would leave one candidate of two',
      (ib) => ib.contracts.qualify({ symbol: 'AAPL', secType: 'STK' }),
      (paper, reqId) => {
        paper.say('contractDetails', { reqId, contract: aapl });
        paper.say('contractDetails', { reqId, contract: { ...aapl, conId: undefined, currency: 'MXN' } });
        paper.say('contractDetailsEnd', { reqId });
      },
      { kind: 'contractDetails', row: 'contract.conId' },
    ],
    ...['', ' ', '9e20', '20261345', '00000000'].map((date): [string, Ask, Say, object] => [
      `a bar of the time '${date}'`,
      (ib) => ib.history.bars(aapl, { duration: '2 D', size: '1 hour' }),
      (paper, reqId) => {
        paper.say('historicalData', { reqId, bars: [bar('1788357600'), bar(date)] });
        paper.say('historicalDataEnd', { reqId });
      },
      { kind: 'historicalData', row: 'bars.date' },
    ]),
    [
      'a tick of the past without a time',
      (ib) => ib.history.ticks(aapl, { from: new Date(0), to: new Date(1e12) }).next(),
      (paper, reqId) => paper.say('historicalTicksLast', { reqId, ticks: [{ time: 5, price: 1 }, { price: 2 }], done: true }),
      { kind: 'historicalTicksLast', row: 'ticks[1].time' },
    ],
    [
      'a clock that says nothing',
      (ib) => ib.terminal.time(),
      (paper) => paper.say('currentTimeInMillis', {}),
      { kind: 'currentTimeInMillis', row: 'timeInMillis', reason: 'is missing' },
    ],
    [
      'groups of windows that are no numbers',
      (ib) => ib.terminal.displayGroups(),
      (paper, reqId) => paper.say('displayGroupList', { reqId, groups: '1|two' }),
      { kind: 'displayGroupList', row: 'groups', reason: "'two' is no number of a group" },
    ],
    [
      'groups of windows one of which is blank',
      (ib) => ib.terminal.displayGroups(),
      (paper, reqId) => paper.say('displayGroupList', { reqId, groups: '1| ' }),
      { kind: 'displayGroupList', row: 'groups' },
    ],
    ...(['price', 'size'] as const).map((field): [string, Ask, Say, object] => [
      `volume without a ${field}`,
      (ib) => ib.history.histogram(aapl, { period: '3 days' }),
      (paper, reqId) =>
        paper.say('histogramData', {
          reqId,
          items: [
            { price: 1, size: 2 },
            { price: 2, size: 3, [field]: undefined },
          ],
        }),
      { kind: 'histogramData', row: `items[1].${field}`, reason: 'is missing' },
    ]),
    ...(
      [
        ['without a step', { lowEdge: 1 }, 'increment', 'is missing'],
        ['with a step of nothing', { lowEdge: 1, increment: 0 }, 'increment', '0 is no step'],
        ['from below nothing on', { lowEdge: -1, increment: 1 }, 'lowEdge', '-1 is below 0'],
        ['from where another begins', { increment: 1 }, 'lowEdge', 'a band from 0 on is there already'],
      ] as const
    ).map(([what, band, field, reason]): [string, Ask, Say, object] => [
      `a band of prices ${what}`,
      (ib) => ib.contracts.marketRule(26),
      (paper) => paper.say('marketRule', { marketRuleId: 26, priceIncrements: [{ increment: 0.01 }, band] }),
      { kind: 'marketRule', row: `priceIncrements[1].${field}`, reason },
    ]),
    [
      'a symbol that is of no contract',
      (ib) => ib.contracts.search('AAPL'),
      (paper, reqId) => paper.say('symbolSamples', { reqId, contractDescriptions: [{ contract: aapl }, {}] }),
      { kind: 'symbolSamples', row: 'contractDescriptions[1].contract' },
    ],
    [
      'details without a conId as they come',
      (ib) =>
        ib.contracts.detailsStream(aapl).ended.then((cause) => {
          throw cause;
        }),
      (paper, reqId) => {
        paper.say('contractDetails', { reqId, contract: aapl });
        paper.say('contractDetails', { reqId, contract: { symbol: 'AAPL' } });
      },
      { kind: 'contractDetails', row: 'contract.conId' },
    ],
    [
      'a family of nobody',
      (ib) => ib.accounts.familyCodes(),
      (paper) => paper.say('familyCodes', { familyCodes: [{ accountID: ACCOUNT, familyCodeStr: '' }, { familyCodeStr: 'F1' }] }),
      { kind: 'familyCodes', row: 'familyCodes[1].accountID' },
    ],
    [
      'a provider of news without its code',
      (ib) => ib.news.providers(),
      (paper) => paper.say('newsProviders', { newsProviders: [{ code: 'DJ-N', name: 'x' }, { name: 'y' }] }),
      { kind: 'newsProviders', row: 'newsProviders[1].code' },
    ],
    ...(['exchange', 'exchangeLetter'] as const).map((field): [string, Ask, Say, object] => [
      `a letter of a quote without its ${field}`,
      (ib) => ib.market.smartComponents('9c0001'),
      (paper, reqId) =>
        paper.say('smartComponents', {
          reqId,
          components: [
            { exchange: 'NYSE', exchangeLetter: 'N' },
            { bitNumber: 1, exchange: 'IEX', exchangeLetter: 'V', [field]: '' },
          ],
        }),
      { kind: 'smartComponents', row: `components[1].${field}` },
    ]),
    [
      'a venue with depth that has no name',
      (ib) => ib.market.depthExchanges(),
      (paper) => paper.say('mktDepthExchanges', { descriptions: [{ exchange: 'ISLAND' }, { secType: 'STK' }] }),
      { kind: 'mktDepthExchanges', row: 'descriptions[1].exchange' },
    ],
    ...['{"a":[1,2', ' [{"type":"earn', '{"a":1}}'].map((dataJson): [string, Ask, Say, object] => [
      `events that break off, ${dataJson}`,
      (ib) => ib.calendar.meta(),
      (paper, reqId) => paper.say('wshMetaData', { reqId, dataJson }),
      { kind: 'wshMetaData', row: 'dataJson', reason: 'is no whole JSON' },
    ]),
    [
      "an advisor's groups that break off",
      (ib) => ib.advisor.groups(),
      (paper) =>
        paper.say('receiveFA', {
          faDataType: 1,
          xml: '<?xml version="1.0"?><ListOfGroups><Group><name>a</name></Group><Group><na',
        }),
      { kind: 'receiveFA', row: 'xml', reason: 'breaks off' },
    ],
    [
      'aliases that break off',
      (ib) => ib.advisor.aliases(),
      (paper) => paper.say('receiveFA', { faDataType: 3, xml: '<ListOfAccountAliases><AccountAlias>' }),
      { kind: 'receiveFA', row: 'xml' },
    ],
    [
      'what can be scanned, broken off',
      (ib) => ib.scanner.parameters(),
      (paper) => paper.say('scannerParameters', { xml: '<ScanParameterResponse><InstrumentList>' }),
      { kind: 'scannerParameters', row: 'xml' },
    ],
  ])('%s', async (_, ask, say, expected) => {
    const { paper, ib } = await opened();
    const outcome = ask(ib).then(
      () => 'resolved',
      (error: unknown) => error,
    );
    await settle();
    say(paper, paper.sent.at(-1)?.reqId ?? -1);
    await settle();
    expect(await Promise.race([outcome, settle().then(() => 'silent')])).toMatchObject({ code: 'DECODE', ...expected });
    ib.close();
    expect(paper.timer.pending).toBe(0);
  });

  it('the seconds of an old gateway too', async () => {
    const { paper, ib } = await opened(176);
    const answer = ib.terminal.time();
    await settle();
    paper.say('currentTime', { time: undefined });
    await expect(answer).rejects.toMatchObject({ code: 'DECODE', kind: 'currentTime', row: 'time' });
  });
});

describe('a stream says the hole, and asks once more', () => {
  it.each<[string, (ib: Ib) => { readonly state: { readonly at: string; readonly cause?: unknown } }, string, Say]>([
    [
      'a tick without a time',
      (ib) => ib.market.tickByTick(aapl, 'Last'),
      'reqTickByTickData',
      (paper, reqId) => paper.say('tickByTick', { reqId, tickType: 1, price: 5, size: 1 }),
    ],
    [
      'a bar of five seconds without a time',
      (ib) => ib.market.bars5s(aapl),
      'reqRealTimeBars',
      (paper, reqId) => paper.say('realtimeBar', { reqId, open: 1, high: 1, low: 1, close: 1 }),
    ],
    [
      'an update of a bar whose time cannot be read',
      (ib) => ib.history.live(aapl, { duration: '300 S', size: '5 secs' }),
      'reqHistoricalData',
      (paper, reqId) => paper.say('historicalDataUpdate', { reqId, ...bar('later') }),
    ],
    ...(['price', 'size'] as const).flatMap((field) =>
      (['updateMktDepth', 'updateMktDepthL2'] as const).map(
        (kind): [string, (ib: Ib) => { readonly state: { readonly at: string } }, string, Say] => [
          `a level of the book without a ${field}, ${kind}`,
          (ib) => ib.market.depth(aapl),
          'reqMktDepth',
          (paper, reqId) =>
            paper.say(kind, { reqId, position: 0, operation: 0, side: 1, price: 5, size: 2, [field]: undefined } as never),
        ],
      ),
    ),
    [
      'a row of a scan without its rank',
      (ib) => ib.scanner.subscribe({ scanCode: 'TOP_PERC_GAIN', instrument: 'STK', locationCode: 'STK.US' }),
      'reqScannerSubscription',
      (paper, reqId) => paper.say('scannerData', { reqId, elements: [{ rank: 0, contract: aapl }, { contract: aapl }] }),
    ],
    [
      'a row of a scan of nothing',
      (ib) => ib.scanner.subscribe({ scanCode: 'TOP_PERC_GAIN', instrument: 'STK', locationCode: 'STK.US' }),
      'reqScannerSubscription',
      (paper, reqId) => paper.say('scannerData', { reqId, elements: [{ rank: 0 }] }),
    ],
    [
      'a bulletin without its number',
      (ib) => ib.news.bulletins(),
      'reqNewsBulletins',
      (paper) => paper.say('updateNewsBulletin', { msgType: 1, newsMessage: 'closed', originExch: 'NYSE' }),
    ],
    [
      'a number of an account without a name',
      (ib) => ib.accounts.portfolio(ACCOUNT),
      'reqAccountUpdates',
      (paper) => paper.say('updateAccountValue', { accountName: ACCOUNT, value: '5' }),
    ],
  ])('%s', async (_, open, kind, say) => {
    const { paper, ib } = await opened();
    const stream = open(ib);
    await settle();
    say(paper, paper.sent.at(-1)?.reqId ?? -1);
    await settle();
    expect(stream.state).toMatchObject({ at: 'stale', cause: 'unreadable', error: { code: 'DECODE' } });
    ib.close();
    expect(paper.sent.filter((one) => one.kind === kind && one.message['subscribe'] !== false).length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['a tick', (ib: Ib) => ib.market.tickByTick(aapl, 'Last'), 'tickByTick', { tickType: 1, price: 5, size: 1 }],
    ['a bar', (ib: Ib) => ib.market.bars5s(aapl), 'realtimeBar', { open: 1, high: 1, low: 1, close: 1 }],
  ] as const)('%s without a time that no message is made of', async (_, open, kind, fields) => {
    const { paper, ib } = await opened();
    const stream = open(ib);
    await settle();
    const reqId = paper.sent.at(-1)?.reqId ?? -1;
    const { incomingEncoder } = await import('../../../src/protocol/encode.js');
    const frame = (time: number | undefined) => incomingEncoder(225).encode(kind, { reqId, ...fields, time } as never);
    paper.hear(frame(1_788_357_600));
    paper.hear(frame(1_788_357_605));
    expect(paper.handed).toBeGreaterThan(0);
    paper.hear(frame(undefined));
    expect(stream.state).toMatchObject({ at: 'stale', cause: 'unreadable' });
    ib.close();
  });
});

it('ticks of the past that come in parts are one page', async () => {
  const { paper, ib } = await opened();
  const page = ib.history.ticks(aapl, { from: new Date(0), to: new Date(1e12) }).next();
  await settle();
  const reqId = paper.sent.at(-1)?.reqId ?? -1;
  paper.say('historicalTicksLast', { reqId, ticks: [{ time: 5, price: 1 }], done: false });
  paper.say('historicalTicksLast', { reqId, ticks: [{ time: 5, price: 2 }], done: true });
  expect((await page).value).toMatchObject([{ price: 1 }, { price: 2 }]);
});

it('rows and then word that there are none is a contradiction, and no list', async () => {
  const { paper, ib } = await opened();
  const bars = ib.history.bars(aapl, { duration: '2 D', size: '1 hour' });
  await settle();
  const reqId = paper.sent.at(-1)?.reqId ?? -1;
  paper.say('historicalData', { reqId, bars: [bar('1788357600')] });
  paper.say('error', {
    reqId,
    errorCode: 162,
    errorString: 'Historical Market Data Service error message:HMDS query returned no data: AAPL@SMART Trades',
  });
  await expect(bars).rejects.toMatchObject({ code: 'GATEWAY', errorCode: 162 });
});

it('a bar has the time of a day or an instant, and of nothing else', () => {
  expect(barTime('20260831')).toBe(Date.UTC(2026, 7, 31));
  expect(barTime('1788357600')).toBe(1_788_357_600_000);
  for (const none of ['', '  ', '20260230', '20261301', '1e300', 'Infinity']) expect(barTime(none)).toBeNaN();
});

it.each([
  ['<a><b>1</b></a>', true],
  ['<?xml version="1.0"?>\n<!-- <a> --><a x="1"></a>\n', true],
  ['<a/>', true],
  ['<a><b>1</b>', false],
  ['<a><b>1</b></', false],
  ['<a', false],
  ['', true],
  ['text', false],
  ['<a/>more', false],
])('%j is whole: %s', (xml, isWhole) => expect(isWholeXml(xml)).toBe(isWhole));

it.each(['updateMktDepth', 'updateMktDepthL2'] as const)(
  'a level without a price that no message is made of, %s',
  async (kind) => {
    const { paper, ib } = await opened();
    const depth = ib.market.depth(aapl);
    await settle();
    const reqId = paper.sent.at(-1)?.reqId ?? -1;
    const { incomingEncoder } = await import('../../../src/protocol/encode.js');
    const row = (operation: number, price: number | undefined, size: number | undefined) =>
      paper.hear(incomingEncoder(225).encode(kind, { reqId, position: 0, operation, side: 1, price, size } as never));
    row(0, 5, 2);
    row(0, 6, 3);
    const handed = paper.handed;
    expect(handed).toBeGreaterThan(0);
    row(2, undefined, undefined); // a level that goes says neither
    expect(depth.state).toMatchObject({ at: 'live' });
    expect(depth.view.bids).toMatchObject([{ price: 5, size: 2 }]);
    row(1, undefined, 4);
    expect(depth.state).toMatchObject({ at: 'stale', cause: 'unreadable', error: { kind, row: 'price' } });
    ib.close();
  },
);
