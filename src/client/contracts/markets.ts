// Market suffixes as vendors write them, and where the gateway finds those shares: the one table behind `symbol`.

export interface Market {
  /** Suffix without its dot. */
  readonly suffix: string;
  readonly primaryExchange: string;
  readonly currency: string;
  /** false: the exchange is addressed directly, SMART does not route there. */
  readonly smart: boolean;
  /** How the gateway writes a share class that vendors write with a dash (`VOLV-B`). */
  readonly classMark: '.' | ' ';
  /** Codes are digits without leading zeros. */
  readonly numeric: 'stripped' | 'kept';
  /** Two-letter symbols end in a dot there (`BP.`). */
  readonly dotted: boolean;
}

type Row = readonly [suffix: string, primaryExchange: string, currency: string, note?: 'direct' | 'stripped' | 'dotted'];

const ROWS = [
  ['HK', 'SEHK', 'HKD', 'stripped'],
  ['L', 'LSE', 'GBP', 'dotted'],
  ['T', 'TSEJ', 'JPY'],
  ['DE', 'IBIS', 'EUR'],
  ['F', 'FWB', 'EUR'],
  ['SG', 'SWB', 'EUR'],
  ['PA', 'SBF', 'EUR'],
  ['AS', 'AEB', 'EUR'],
  ['BR', 'ENEXT.BE', 'EUR'],
  ['LS', 'BVL', 'EUR'],
  ['MI', 'BVME', 'EUR'],
  ['MC', 'BM', 'EUR'],
  ['VI', 'VSE', 'EUR'],
  ['HE', 'HEX', 'EUR'],
  ['SW', 'EBS', 'CHF'],
  ['ST', 'SFB', 'SEK'],
  ['CO', 'CPH', 'DKK'],
  ['OL', 'OSE', 'NOK'],
  ['WA', 'WSE', 'PLN'],
  ['PR', 'PRA', 'CZK'],
  ['BD', 'BUX', 'HUF'],
  ['TO', 'TSE', 'CAD'],
  ['V', 'VENTURE', 'CAD'],
  ['MX', 'MEXI', 'MXN'],
  ['AX', 'ASX', 'AUD'],
  ['SI', 'SGX', 'SGD'],
  ['KS', 'KSE', 'KRW', 'direct'],
  ['TW', 'TWSE', 'TWD', 'direct'],
  ['NS', 'NSE', 'INR', 'direct'],
  ['SS', 'SEHKNTL', 'CNH', 'direct'],
  ['SZ', 'SEHKSZSE', 'CNH', 'direct'],
  ['TA', 'TASE', 'ILS', 'direct'],
  ['US', '', 'USD'],
] as const satisfies readonly Row[];

/** The suffix of a market as data vendors write it: `L` for London, `HK` for Hong Kong. */
export type MarketSuffix = (typeof ROWS)[number][0];

/** Every market by suffix. Exchange names are the gateway's. */
export const MARKETS: ReadonlyMap<string, Market> = new Map(ROWS.map((row: Row) => [row[0], market(row)]));

function market([suffix, primaryExchange, currency, note]: Row): Market {
  return {
    suffix,
    primaryExchange,
    currency,
    smart: note !== 'direct',
    classMark: suffix === 'US' ? ' ' : '.',
    numeric: note === 'stripped' ? 'stripped' : 'kept',
    dotted: note === 'dotted',
  };
}
