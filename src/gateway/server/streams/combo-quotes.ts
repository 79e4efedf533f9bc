// A combination's quote, made of the quotes of its legs.
import type { RequestOf } from '../../../protocol/registry.js';
import type { Client } from '../client.js';
import type { Gateway } from '../state.js';

const EVERY_MS = 250;

/** Streams bid and ask of a combination, or refuses legs that are none. */
export function tellCombo(gateway: Gateway, client: Client, request: RequestOf<'reqMktData'>): void {
  const { reqId = 0, contract } = request;
  const { market } = gateway.world;
  const legs = (contract?.comboLegs ?? []).map(({ conId = 0, ratio = 0, action }) => ({
    conId,
    ratio: action === 'SELL' ? -ratio : ratio,
  }));
  if (legs.length === 0 || legs.some(({ conId }) => market.instrument(conId) === undefined)) {
    client.error(reqId, 321, "Error validating request.-'bT' : cause - Invalid combo legs");
    return;
  }
  const priced = (side: 'bid' | 'ask'): number => {
    let sum = 0;
    for (const { conId, ratio } of legs) {
      const quote = market.quote(conId);
      sum += ratio * (ratio > 0 === (side === 'bid') ? quote.bid : quote.ask);
    }
    return Math.round(sum * 1e6) / 1e6;
  };
  const told = { bid: Number.NaN, ask: Number.NaN };
  const tell = (): void => {
    if (gateway.quotes.isSilent()) return;
    for (const [side, tickType] of [
      ['bid', 1],
      ['ask', 2],
    ] as const) {
      const price = priced(side);
      if (price === told[side]) continue;
      told[side] = price;
      client.send('tickPrice', { reqId, tickType, price, size: 1, attribMask: 0 });
      client.send('tickSize', { reqId, tickType: tickType === 1 ? 0 : 3, size: 1 });
    }
  };
  client.send('marketDataType', { reqId, marketDataType: 1 });
  client.send('tickReqParams', { reqId, minTick: 0.01, bboExchange: '', snapshotPermissions: 0 });
  tell();
  if (request.snapshot === true) {
    client.send('tickSnapshotEnd', { reqId });
    return;
  }
  const timer = gateway.clock.every(EVERY_MS, tell);
  client.held.hold('quotes', reqId, () => timer.cancel());
}
