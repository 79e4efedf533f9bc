// Contracts, quotes and bars of the simulated world, in the shapes of the Web API.

import type { Instrument } from 'ibwire/gateway';
import type { EndpointName } from '../endpoints/list.js';
import { type Door, error, type Handler, isFirst, json } from './door.js';

/** Field 6509 and the fields of a quote, as text. A field without a value is absent. */
export function quoteFields(door: Door, instrument: Instrument, fields: readonly string[]): Readonly<Record<string, string>> {
  const quote = door.gateway.market.quote(instrument.conId);
  const all: Readonly<Record<string, string | undefined>> = {
    '31': quote.halted ? `H${quote.last}` : String(quote.last),
    '55': instrument.symbol,
    '70': String(quote.high),
    '71': String(quote.low),
    '82': (quote.last - quote.close).toFixed(2),
    '84': String(quote.bid),
    '85': quote.askSize.toLocaleString('en-US'),
    '86': String(quote.ask),
    '87': quote.volume >= 1e6 ? `${(quote.volume / 1e6).toFixed(1)}M` : String(quote.volume),
    '88': quote.bidSize.toLocaleString('en-US'),
    '7059': String(quote.lastSize),
    '7295': String(quote.open),
    '7296': String(quote.close),
    '7741': String(quote.close),
    '7762': String(quote.volume),
  };
  const told = Object.entries(all).filter(([id, value]) => fields.includes(id) && value !== undefined);
  return { '6119': 'q0', '6509': 'RpB', ...(Object.fromEntries(told) as Record<string, string>) };
}

export const instrumentOf = (door: Door, conid: string): Instrument | undefined =>
  door.gateway.world.universe.instrument(Number(conid.split('@')[0]));

const UNITS: Readonly<Record<string, string>> = { d: 'D', w: 'W', m: 'M', y: 'Y' };
/** Periods and bars of the Web API in the words of the simulated world; undefined: there is no such. */
function durationOf(period: string): string | undefined {
  const parts = /^(\d{1,4})(min|h|d|w|m|y)$/.exec(period);
  if (parts === null) return undefined;
  const [, count = '', unit = ''] = parts;
  if (unit === 'min') return `${Number(count) * 60} S`;
  return unit === 'h' ? `${Number(count) * 3600} S` : `${count} ${UNITS[unit]}`;
}

const BARS: Readonly<Record<string, readonly [size: string, seconds: number]>> = {
  '1min': ['1 min', 60],
  '2min': ['2 mins', 120],
  '3min': ['3 mins', 180],
  '5min': ['5 mins', 300],
  '10min': ['10 mins', 600],
  '15min': ['15 mins', 900],
  '30min': ['30 mins', 1800],
  '1h': ['1 hour', 3600],
  '2h': ['2 hours', 7200],
  '3h': ['3 hours', 10_800],
  '4h': ['4 hours', 14_400],
  '8h': ['8 hours', 28_800],
  '1d': ['1 day', 86_400],
  '1w': ['1 week', 604_800],
  '1m': ['1 month', 2_678_400],
};

const VOLUME_FACTOR = 100;

export const marketHandlers = {
  'GET /iserver/marketdata/snapshot': (door, { query }) => {
    if (!door.session.accountsAsked) return error('Bad Request: Please query /accounts first', 400);
    const fields = (query.get('fields') ?? '').split(',').filter((one) => one !== '');
    const rows = (query.get('conids') ?? '').split(',').flatMap((conid) => {
      const instrument = instrumentOf(door, conid);
      if (instrument === undefined) return [];
      const own = { conidEx: conid, conid: instrument.conId };
      if (isFirst(door, `quote ${instrument.conId}`)) return [own];
      return [{ ...own, _updated: door.now(), server_id: 'q0', ...quoteFields(door, instrument, fields) }];
    });
    return json(rows);
  },
  'GET /iserver/marketdata/history': (door, { query }) => {
    const instrument = instrumentOf(door, query.get('conid') ?? '');
    const duration = durationOf(query.get('period') ?? '');
    const bar = BARS[query.get('bar') ?? ''];
    if (instrument === undefined || duration === undefined || bar === undefined) return json({ error: 'unknown' }, 500);
    const start = query.get('startTime');
    const end = start === null ? undefined : Date.parse(start.replace(/^(\d{4})(\d\d)(\d\d)-(.+)$/, '$1-$2-$3T$4Z'));
    const outsideRth = query.get('outsideRth') === 'true';
    try {
      const found = door.gateway.history(instrument.conId, {
        duration,
        barSize: bar[0],
        useRTH: !outsideRth,
        ...(end !== undefined && { end }),
      });
      const bars = found.slice(-1000);
      const text = (pick: 'high' | 'low'): string => `${Math.round((bars[0]?.[pick] ?? 0) * 100)}/${bars[0]?.volume ?? 0}/0`;
      return json({
        serverId: String(door.next()),
        symbol: instrument.symbol,
        text: instrument.longName,
        priceFactor: 100,
        startTime: new Date(bars[0]?.time ?? door.now())
          .toISOString()
          .replace(/^(\d{4})-(\d\d)-(\d\d)T([\d:]{8}).*$/, '$1$2$3-$4'),
        high: text('high'),
        low: text('low'),
        timePeriod: query.get('period'),
        barLength: bar[1],
        mdAvailability: 'S',
        mktDataDelay: 0,
        outsideRth,
        volumeFactor: VOLUME_FACTOR,
        priceDisplayRule: 1,
        priceDisplayValue: '2',
        negativeCapable: false,
        messageVersion: 2,
        data: bars.map(({ time, open, high, low, close, volume }) => ({
          o: open,
          c: close,
          h: high,
          l: low,
          v: volume < 0 ? -1 : volume / VOLUME_FACTOR,
          t: time,
        })),
        points: bars.length - 1,
        travelTime: 3,
      });
    } catch {
      return json({ error: 'Chart data unavailable' }, 500);
    }
  },
} satisfies Partial<Record<EndpointName, Handler>>;
