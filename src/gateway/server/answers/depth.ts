// Market depth: the first rows as inserts, then what changed; one level for the best market, two where the rows name their makers.
import type { RequestOf } from '../../../protocol/registry.js';
import { type BookChange, bookChanges, EMPTY_BOOK } from '../../world/book.js';
import type { Instrument } from '../../world/instrument.js';
import type { Book } from '../../world/market-view.js';
import type { Family } from '../answer-types.js';
import type { Client } from '../client.js';
import { instrumentFor } from '../contracts.js';
import { lensOf } from '../lens.js';
import { rightsOf } from '../rights.js';
import type { Gateway } from '../state.js';

const ROWS = 20;

export const depthAnswers = {
  reqMktDepth: (request, client, gateway) => {
    const { reqId = 0, contract, numRows = 5, isSmartDepth } = request;
    if (client.held.isHeld('depth', reqId)) {
      client.error(reqId, 322, "Error processing request.-'bT' : cause - Duplicate ticker id");
      return;
    }
    const lack = lackOf(request);
    if (lack !== undefined) {
      client.error(reqId, 321, `Error validating request.-'bT' : cause - ${lack}`);
      return;
    }
    const instrument = instrumentFor(gateway, client, reqId, contract);
    if (instrument === undefined) return;
    if (instrument.secType === 'CFD' && instrument.underConId !== undefined && client.form('rerouteMktDepthReq') !== 'unknown') {
      client.send('rerouteMktDepthReq', { reqId, conId: instrument.underConId, exchange: 'SMART' });
      return;
    }
    if (instrument.secType === 'IND' || instrument.secType === 'FUND' || rightsOf(gateway, client, instrument).at !== 'live') {
      client.error(reqId, 10092, 'Deep market data is not supported for this combination of security type/exchange');
      return;
    }
    if (!gateway.depthLines.take(instrument.conId)) {
      client.error(reqId, 309, 'Max number (3) of market depth requests has been reached');
      return;
    }
    const isSmart = isSmartDepth === true || contract?.exchange === 'SMART';
    if (isSmart && isSmartDepth === true)
      client.error(
        reqId,
        2152,
        `Exchanges - Depth: ${exchangesOf(instrument)}; Top: ; Need additional market data permissions - Depth: ;`,
      );
    watch(gateway, client, reqId, instrument, Math.min(numRows, ROWS), isSmart);
    asked.set(client, (asked.get(client) ?? new Map()).set(reqId, isSmartDepth === true));
  },

  /** With another flag than that of the request nothing is found, and the book goes on. */
  cancelMktDepth: ({ reqId = 0, isSmartDepth }, client) => {
    const isSame = asked.get(client)?.get(reqId) === (isSmartDepth === true);
    if (!isSame || !client.held.release('depth', reqId))
      client.error(reqId, 310, `Can't find the subscribed market depth with tickerId:${reqId}`);
  },

  reqMktDepthExchanges: (_request, client, { world }) => {
    const rows = new Map<string, { exchange: string; secType: string; listingExch: string; serviceDataType: string }>();
    for (const { secType, validExchanges, primaryExchange } of world.universe.statics) {
      if (secType === 'IND' || secType === 'FUND' || secType === 'CFD') continue;
      for (const exchange of validExchanges.split(',').filter((name) => name !== 'SMART')) {
        const serviceDataType = secType === 'STK' && exchange !== primaryExchange ? 'Deep2' : 'Deep';
        rows.set(`${exchange} ${secType} ${serviceDataType}`, { exchange, secType, listingExch: '', serviceDataType });
      }
    }
    client.send('mktDepthExchanges', {
      descriptions: [...rows.values()].map((row) => ({ ...row, aggGroup: 2147483647, isL2: row.serviceDataType === 'Deep2' })),
    });
  },
} satisfies Family;

/** The smart flag of each depth request, by its number. */
const asked = new WeakMap<Client, Map<number, boolean>>();

/** What a request for depth has to say. */
function lackOf({ contract, numRows = 5 }: RequestOf<'reqMktDepth'>): string | undefined {
  if (contract?.secType === 'BAG') return 'Market depth does not support combos.';
  if (!contract?.exchange) return 'Please enter exchange.';
  return numRows > 0 ? undefined : 'Market depth rows requested must be greater than zero.';
}

function exchangesOf({ validExchanges }: Instrument): string {
  return validExchanges
    .split(',')
    .filter((name) => name !== 'SMART')
    .slice(0, 6)
    .join('; ');
}

function watch(gateway: Gateway, client: Client, reqId: number, instrument: Instrument, rows: number, isSmart: boolean): void {
  const { market } = gateway.world;
  const { conId } = instrument;
  const lens = lensOf(client.terminal, instrument);
  let shown: Book = EMPTY_BOOK;
  const isL2 = isSmart || instrument.secType === 'STK';
  const tell = ({ position, operation, side, price, size, marketMaker }: BookChange): void => {
    if (isL2)
      client.send('updateMktDepthL2', { reqId, position, marketMaker, operation, side, price, size, isSmartDepth: isSmart });
    else client.send('updateMktDepth', { reqId, position, operation, side, price, size });
  };
  const update = (): void => {
    if (gateway.quotes.isSilent(instrument)) return;
    const now = lens.book(market.book(conId, rows));
    for (const change of bookChanges(shown, now)) tell(change);
    shown = now;
  };
  const unwatch = market.watch(conId);
  const stop = market.onMove((quote) => {
    if (quote.conId === conId) update();
  });
  update();
  const drop = gateway.onDepthReset(() => {
    client.error(
      reqId,
      317,
      'Market depth data has been RESET. Please empty deep book contents before applying any new entries.',
    );
    shown = EMPTY_BOOK;
    update();
  });
  client.held.hold('depth', reqId, () => {
    stop();
    unwatch();
    drop();
    gateway.depthLines.release(conId);
  });
}
