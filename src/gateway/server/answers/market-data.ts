// Quotes: streams, snapshots, their parameters, the kind of data, and the refusals for want of rights or lines.
import type { RequestOf } from '../../../protocol/registry.js';
import { GENERIC_TICKS, genericTicks } from '../../world/generic-ticks.js';
import type { Instrument } from '../../world/instrument.js';
import type { Family } from '../answer-types.js';
import type { Client } from '../client.js';
import { instrumentFor } from '../contracts.js';
import { asTraded } from '../pips.js';
import { rightsOf } from '../rights.js';
import type { Gateway } from '../state.js';
import { tellCombo } from '../streams/combo-quotes.js';
import { tellNews } from '../streams/news-ticks.js';

const SNAPSHOT_END_MS = 250;
const DISPLAYING_DELAYED = 'Requested market data is not subscribed. Displaying delayed market data.';
const DUPLICATE = "Error processing request.-'bT' : cause - Duplicate ticker id";

export const marketDataAnswers = {
  reqMktData: (request, client, gateway) => {
    const { reqId = 0, contract } = request;
    if (client.held.isHeld('quotes', reqId)) {
      client.error(reqId, 322, DUPLICATE);
      return;
    }
    const numbers = genericNumbers(request, client);
    if (numbers === undefined) return;
    if (contract?.secType === 'NEWS') {
      tellNews(gateway, client, reqId, undefined);
      return;
    }
    if (contract?.secType === 'BAG') {
      tellCombo(gateway, client, request);
      return;
    }
    const instrument = instrumentFor(gateway, client, reqId, contract);
    if (instrument === undefined) return;
    if (instrument.secType === 'CFD' && isRerouted(gateway, client, reqId, instrument)) return;
    if (gateway.faults.isCompeting) {
      client.error(reqId, 10197, 'No market data during competing live session');
      return;
    }
    open(request, reqId, numbers, instrument, client, gateway);
  },

  cancelMktData: ({ reqId = 0 }, client) => {
    if (!client.held.release('quotes', reqId)) client.error(reqId, 300, `Can't find EId with tickerId:${reqId}`);
  },

  reqMarketDataType: ({ marketDataType = 1 }, client) => {
    if (marketDataType >= 1 && marketDataType <= 4) client.marketDataType = marketDataType;
    else client.error(-1, 321, "Error validating request.-'bX' : cause - Invalid market data type");
  },
} satisfies Family;

/** Numbers of the generic tick list; undefined after an error was sent. */
function genericNumbers(request: RequestOf<'reqMktData'>, client: Client): readonly number[] | undefined {
  const { reqId = 0, genericTickList = '' } = request;
  const parts = genericTickList.split(',').map((part) => part.trim().split(':')[0] ?? '');
  const asked = parts.filter((part) => part !== '' && part !== 'mdoff');
  if (asked.length > 0 && (request.snapshot === true || request.regulatorySnapshot === true)) {
    client.error(reqId, 414, 'Snapshot market data subscription is not applicable to generic ticks.');
    return undefined;
  }
  const wrong = asked.find((part) => !GENERIC_TICKS.includes(Number(part)));
  if (wrong !== undefined) {
    client.error(
      reqId,
      321,
      `Error validating request.-'bT' : cause - Incorrect generic tick list of ${genericTickList}.  Legal ones for (${request.contract?.secType ?? ''}) are: ${GENERIC_TICKS.join(',')}`,
    );
    return undefined;
  }
  return asked.map(Number);
}

/** A CFD has no data of its own: the client is sent to the stock, from 125 on. */
function isRerouted(gateway: Gateway, client: Client, reqId: number, instrument: Instrument): boolean {
  const { underConId } = instrument;
  if (underConId === undefined || client.form('rerouteMktDataReq') === 'unknown') return false;
  const exchange = gateway.world.universe.instrument(underConId)?.exchange ?? 'SMART';
  client.send('rerouteMktDataReq', { reqId, conId: underConId, exchange });
  return true;
}

function open(
  request: RequestOf<'reqMktData'>,
  reqId: number,
  numbers: readonly number[],
  instrument: Instrument,
  client: Client,
  gateway: Gateway,
): void {
  const { conId } = instrument;
  const isSnapshot = request.snapshot === true || request.regulatorySnapshot === true;
  const rights = rightsOf(gateway, client, instrument);
  if (rights.at === 'refused') {
    if (rights.code === 10089) tellParams(client, reqId, instrument);
    client.error(reqId, rights.code, rights.text);
    if (isSnapshot) client.send('tickSnapshotEnd', { reqId });
    return;
  }
  if (!gateway.lines.take(conId)) {
    client.error(reqId, 101, 'Max number of tickers has been reached');
    return;
  }
  const isDelayed = rights.at === 'delayed';
  const tellType = (): void => client.send('marketDataType', { reqId, marketDataType: rights.type });
  // Recorded streams of delayed data name their parameters first, everything else its type.
  if (!isDelayed || isSnapshot) tellType();
  tellParams(client, reqId, instrument);
  if (isDelayed && !isSnapshot) tellType();
  if (isDelayed && !gateway.quotes.isFlowing(conId, isDelayed)) client.error(reqId, 10167, DISPLAYING_DELAYED);
  const { stream, stop } = gateway.quotes.open(client, reqId, instrument, isDelayed);
  const quote = gateway.quotes.quote(conId, isDelayed);
  const end = (): void => {
    stop();
    gateway.lines.release(conId);
  };
  const isFrozen = rights.type === 2 || rights.type === 4 || isSnapshot;
  if (!gateway.quotes.isSilent(instrument)) stream.begin(quote, isSnapshot ? 'snapshot' : 'stream', isFrozen);
  if (!isSnapshot) {
    const extras = generics(gateway, client, reqId, conId, numbers);
    client.held.hold('quotes', reqId, () => {
      extras();
      end();
    });
    return;
  }
  const timer = gateway.clock.at(gateway.clock.now() + SNAPSHOT_END_MS, () => {
    client.send('tickSnapshotEnd', { reqId });
    client.held.release('quotes', reqId);
  });
  client.held.hold('quotes', reqId, () => {
    timer.cancel();
    end();
  });
}

/** Grid and exchange code of a stream; sent before its first tick, and before a refusal for want of rights. */
function tellParams(client: Client, reqId: number, instrument: Instrument): void {
  client.send('tickReqParams', {
    reqId,
    minTick: asTraded(instrument, client.terminal).minTick,
    bboExchange: bboOf(instrument),
    snapshotPermissions: instrument.secType === 'STK' || instrument.secType === 'OPT' ? 4 : 0,
    lastPricePrecision: '0.000001',
    lastSizePrecision: '0.000001',
  });
}

/** The exchange code of the best bid and offer: six digits of US stocks, empty for what has no such thing. */
export function bboOf({ secType, currency }: Instrument): string {
  if (secType === 'STK') return currency === 'USD' ? '9c0001' : 'a60001';
  return secType === 'OPT' ? 'ee0001' : '';
}

const GENERIC_EVERY_MS = 5_000;

/** Generic ticks now and every five seconds when they changed; returns the way to stop them. */
function generics(gateway: Gateway, client: Client, reqId: number, conId: number, numbers: readonly number[]): () => void {
  if (numbers.length === 0) return () => {};
  const told = new Map<number, number | string>();
  const tell = (): void => {
    if (gateway.quotes.isSilent()) return;
    for (const { tickType, as, value } of genericTicks(gateway.world.market, conId, numbers)) {
      if (told.get(tickType) === value) continue;
      told.set(tickType, value);
      if (as === 'string') client.send('tickString', { reqId, tickType, value: String(value) });
      else if (as === 'generic') client.send('tickGeneric', { reqId, tickType, value: Number(value) });
      else if (as === 'size') client.send('tickSize', { reqId, tickType, size: Number(value) });
      else client.send('tickPrice', { reqId, tickType, price: Number(value), size: 0, attribMask: 0 });
    }
  };
  tell();
  const news = numbers.includes(292) ? tellNews(gateway, client, reqId, conId) : () => {};
  const timer = gateway.clock.every(GENERIC_EVERY_MS, tell);
  return () => {
    timer.cancel();
    news();
  };
}
