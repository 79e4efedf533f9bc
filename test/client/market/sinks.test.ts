// Streams of hot kinds tell the same whether their fields are handed over or come as messages.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connect } from '../../../src/client/connect.js';
import type { Subscription } from '../../../src/client/conversation/subscription.js';
import { watchState } from '../../../src/client/conversation/subscription.js';
import { createMarket, type MarketFacade } from '../../../src/client/market/facade.js';
import { incomingEncoder } from '../../../src/protocol/encode.js';
import type { IncomingKind } from '../../../src/protocol/registry.js';
import { scriptedGateway } from '../../helpers/scripted-gateway.js';
import { until } from '../../helpers/until.js';
import { type PaperSession, paperSession } from '../session/paper-link.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

type Opened = Pick<Subscription<never>, 'state' | 'onGap' | 'latest' | 'view'>;

interface Family {
  readonly open: (market: MarketFacade) => Opened & { on(listener: (item: unknown) => void): () => void };
  readonly request: string;
  readonly kinds: readonly IncomingKind[];
}

const families: Readonly<Record<string, Family>> = {
  quotes: {
    open: (market) => market.quotes(stock) as never,
    request: 'reqMktData',
    kinds: ['tickPrice', 'tickSize', 'tickGeneric', 'tickString', 'tickOptionComputation', 'marketDataType', 'tickReqParams'],
  },
  depth: {
    open: (market) => market.depth(stock, { rows: 3 }) as never,
    request: 'reqMktDepth',
    kinds: ['updateMktDepth', 'updateMktDepthL2'],
  },
  'tick by tick': {
    open: (market) => market.tickByTick(stock, 'AllLast') as never,
    request: 'reqTickByTickData',
    kinds: ['tickByTick'],
  },
  'five-second bars': {
    open: (market) => market.bars5s(stock, { fill: false }) as never,
    request: 'reqRealTimeBars',
    kinds: ['realtimeBar'],
  },
};

type Step =
  | { readonly do: 'say'; readonly kind: number; readonly numbers: readonly number[]; readonly text: string }
  | { readonly do: 'damage' | 'reset' | 'cut' | 'brokerBack' }
  | { readonly do: 'wait'; readonly ms: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        do: fc.constant('say' as const),
        kind: fc.nat(20),
        numbers: fc.array(fc.oneof(fc.integer({ min: -2, max: 5 }), fc.double({ min: -10, max: 900, noNaN: true })), {
          minLength: 4,
          maxLength: 4,
        }),
        text: fc.constantFrom('', 'ARCA', '1;2;3'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('damage', 'reset', 'cut', 'brokerBack') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 5_000, 31_000) }) },
  ),
  { minLength: 10, maxLength: 60 },
);

/** A message of a kind with numbers where its rows want numbers. */
function said(kind: IncomingKind, [a = 0, b = 0, c = 0, d = 0]: readonly number[], text: string): Record<string, unknown> {
  const whole = Math.abs(Math.trunc(a));
  switch (kind) {
    case 'tickPrice':
      return { tickType: whole, price: b, size: c, attribMask: Math.abs(Math.trunc(d)) };
    case 'tickSize':
      return { tickType: whole, size: b };
    case 'tickGeneric':
      return { tickType: 49 + whole, value: b };
    case 'tickString':
      return { tickType: 45 + whole, value: text };
    case 'tickOptionComputation':
      return { tickType: 10 + whole, tickAttrib: 1, impliedVol: b, delta: c, gamma: d, theta: b, vega: c };
    case 'marketDataType':
      return { marketDataType: 1 + (whole % 4) };
    case 'updateMktDepth':
      return { position: whole, operation: Math.trunc(Math.abs(b)) % 4, side: whole % 2, price: c, size: d };
    case 'updateMktDepthL2':
      return { position: whole, operation: Math.trunc(Math.abs(b)) % 4, side: whole % 2, price: c, size: d, marketMaker: text };
    case 'tickByTick':
      return { tickType: 1 + (whole % 4), time: 1_700_000_000, price: b, size: c, attribMask: 2, exchange: text };
    case 'realtimeBar':
      return { time: 1_700_000_000 + 5 * whole, open: b, high: c, low: d, close: b, volume: c, wap: -1, count: -1 };
    default:
      return {};
  }
}

interface Told {
  readonly log: readonly unknown[];
  readonly handed: number;
  readonly counts: readonly number[];
}

async function tell(family: Family, flow: readonly Step[], isWhole: boolean): Promise<Told> {
  const paper = await paperSession();
  const { session } = paper;
  if (isWhole) for (const kind of family.kinds) session.router.listen(kind, () => {});
  const log: unknown[] = [];
  const stream = family.open(createMarket(session));
  stream.on((item) => {
    log.push(structuredClone(item));
  });
  stream.onGap((gap) => log.push(gap));
  watchState(stream, (state) => log.push({ at: state.at, cause: 'cause' in state ? String(state.cause) : undefined }));
  for (const step of flow) await act(paper, family, step);
  log.push(stream.latest, stream.state.at, JSON.stringify(stream.view));
  const { late, unclaimed, openRequests } = session.router;
  session.close();
  return { log, handed: paper.handed, counts: [late, unclaimed, openRequests, paper.sent.length] };
}

const encoder = incomingEncoder(225);

async function act(paper: PaperSession, family: Family, step: Step): Promise<void> {
  const reqId = paper.sent.findLast(({ kind }) => kind === family.request)?.reqId ?? 0;
  switch (step.do) {
    case 'say': {
      const kind = family.kinds[step.kind % family.kinds.length] ?? 'tickPrice';
      paper.hear(encoder.encode(kind, { reqId, ...said(kind, step.numbers, step.text) } as never));
      return;
    }
    case 'damage': {
      const kind = family.kinds[0] ?? 'tickPrice';
      const frame = encoder.encode(kind, { reqId, ...said(kind, [1, 2, 3, 4], 'A') } as never);
      paper.hear(frame.subarray(0, frame.length - 1));
      return;
    }
    case 'reset':
      paper.say('error', { reqId, errorCode: 317, errorString: 'Market depth data has been RESET.' });
      return;
    case 'brokerBack':
      paper.say('error', { reqId: -1, errorCode: 1100, errorString: 'Connectivity has been lost' });
      paper.say('error', { reqId: -1, errorCode: 1102, errorString: 'Connectivity has been restored - data maintained' });
      return;
    case 'cut':
      paper.cut();
      await paper.timer.advance(500);
      return;
    default:
      await paper.timer.advance(step.ms);
  }
}

describe.each(Object.entries(families))('%s', (_, family) => {
  it('tell the same by fields as by messages: items, gaps, states, counts', async () => {
    let handed = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (flow) => {
        const byFields = await tell(family, flow, false);
        const byMessages = await tell(family, flow, true);
        expect(byFields.log).toEqual(byMessages.log);
        expect(byFields.counts).toEqual(byMessages.counts);
        expect(byMessages.handed).toBe(0);
        handed += byFields.handed;
      }),
      { numRuns: 60, seed: 20261129 },
    );
    expect(handed).toBeGreaterThan(300);
  });

  it('the first message after each silence is looked at, the rest is handed over', async () => {
    const one: Step = { do: 'say', kind: 0, numbers: [1, 2, 3, 4], text: '' };
    const asked: Step = { do: 'wait', ms: 1 };
    const flow: Step[] = [asked, one, one, one, { do: 'cut' }, one, one, { do: 'damage' }, asked, one, one];
    expect((await tell(family, flow, false)).handed).toBe(4);
  });
});

describe.each([176, 225])('on the wire, at %i', (serverVersion) => {
  it('fields that no row asked for are counted, and a raw listener hears what the sink would have taken', async () => {
    await using gateway = await scriptedGateway({ serverVersion });
    await using ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
    const sizes: unknown[] = [];
    ib.market.quotes(stock).on(({ value }) => {
      sizes.push(value);
    });
    await until(() => gateway.received.some(({ kind }) => kind === 'reqMktData'));
    const reqId = (gateway.received.find(({ kind }) => kind === 'reqMktData') as { readonly reqId?: number }).reqId ?? 0;
    const frame = (size: number): Uint8Array =>
      Uint8Array.from(incomingEncoder(serverVersion).encode('tickSize', { reqId: reqId as never, tickType: 5, size }));
    const longer = frame(3);
    const more = serverVersion === 176 ? [65, 0] : [0xfa, 1, 1, 65];
    const odd = Uint8Array.of(...longer, ...more);
    new DataView(odd.buffer).setUint32(0, odd.length - 4);
    for (const bytes of [frame(1), frame(2), odd]) gateway.peers[0]?.write(bytes);
    await until(() => sizes.length === 3);
    expect(ib.health.oddities).toEqual([expect.objectContaining({ kind: 'tickSize' })]);
    const heard: unknown[] = [];
    const leave = ib.raw.on('tickSize', ({ size }) => {
      heard.push(size);
    });
    gateway.peers[0]?.write(frame(4));
    await until(() => sizes.length === 4);
    leave();
    gateway.peers[0]?.write(frame(5));
    await until(() => sizes.length === 5);
    expect(heard).toEqual([4]);
    expect(sizes).toEqual([1, 2, 3, 4, 5]);
  });
});
