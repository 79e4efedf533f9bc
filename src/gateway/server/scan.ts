// Ranks the universe as a scanner does.
import type { Instrument } from '../world/instrument.js';
import type { Market } from '../world/market.js';

/** What of a scanner subscription is looked at. */
export interface ScanRequest {
  readonly numberOfRows?: number | undefined;
  readonly instrument?: string | undefined;
  readonly locationCode?: string | undefined;
  readonly scanCode?: string | undefined;
  readonly abovePrice?: number | undefined;
  readonly belowPrice?: number | undefined;
  readonly aboveVolume?: number | undefined;
}

const MOST_ROWS = 50;
const SEC_TYPES: Readonly<Record<string, string>> = {
  STK: 'STK',
  'STOCK.EU': 'STK',
  'STOCK.HK': 'STK',
  IND: 'IND',
  'IND.US': 'IND',
  BOND: 'BOND',
};

/** Instruments of a scan, best first, at most fifty. */
export function scan(market: Market, universe: readonly Instrument[], request: ScanRequest): Instrument[] {
  const { instrument = 'STK', locationCode = '', scanCode = '', abovePrice, belowPrice, aboveVolume } = request;
  const wanted = SEC_TYPES[instrument] ?? 'STK';
  const locations = locationCode.split(',').map((code) => code.trim());
  const scored = universe
    .filter((one) => one.secType === wanted && locations.some((code) => isAt(one, code)))
    .map((one) => ({ one, quote: market.quote(one.conId) }))
    .filter(
      ({ quote }) =>
        quote.last >= (abovePrice ?? 0) &&
        quote.last <= (belowPrice || Number.POSITIVE_INFINITY) &&
        quote.volume >= (aboveVolume ?? 0),
    )
    .map(({ one, quote }) => ({ one, score: scoreOf(scanCode, quote) }));
  scored.sort((a, b) => b.score - a.score || a.one.conId - b.one.conId);
  const rows = request.numberOfRows === undefined || request.numberOfRows < 1 ? MOST_ROWS : request.numberOfRows;
  return scored.slice(0, Math.min(MOST_ROWS, rows)).map(({ one }) => one);
}

/** `STK.US`, `STK.US.MAJOR` are regions, `STK.NYSE`, `STK.EU.IBIS` exchanges. */
function isAt({ currency, primaryExchange, exchange }: Instrument, locationCode: string): boolean {
  const [, region = '', place = ''] = /^[A-Z]+(?:\.(US|EU|HK))?(?:\.([A-Z]+))?$/.exec(locationCode) ?? [];
  const money = { EU: 'EUR', HK: 'HKD' }[region] ?? 'USD';
  if (currency !== money) return false;
  return place === '' || place === 'MAJOR' || place === (primaryExchange ?? exchange);
}

function scoreOf(
  scanCode: string,
  quote: { last: number; close: number; open: number; volume: number; high: number; low: number },
): number {
  const change = quote.close > 0 ? quote.last / quote.close - 1 : 0;
  switch (scanCode) {
    case 'TOP_PERC_LOSE':
      return -change;
    case 'MOST_ACTIVE':
    case 'HOT_BY_VOLUME':
      return quote.volume;
    case 'MOST_ACTIVE_USD':
      return quote.volume * quote.last;
    case 'TOP_OPEN_PERC_GAIN':
      return quote.open > 0 ? quote.last / quote.open - 1 : 0;
    case 'HOT_BY_PRICE_RANGE':
      return quote.low > 0 ? quote.high / quote.low : 0;
    default:
      return change;
  }
}
