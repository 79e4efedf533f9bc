// Bars of the history endpoint: prices as they are, volume by its factor, time of the bar's start.

import { decimalText } from '../endpoints/decode.js';

/** A bar as the Web API has it. Decimals are exact text; undefined is what was not told. */
export interface WebBar {
  /** Start, epoch milliseconds. */
  readonly time: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string | undefined;
}

export interface WebBars {
  readonly bars: readonly WebBar[];
  /** Rows without a time or a price: left out. */
  readonly damaged: number;
  readonly symbol: string | undefined;
  /** Seconds by which the data lags. */
  readonly delay: number | undefined;
  readonly barSeconds: number | undefined;
}

type Row = Readonly<Record<string, unknown>>;

/** a × b, both exact decimal texts. */
function product(a: string, b: string): string {
  const [x, y] = [a, b].map((text) => {
    const [whole = '0', fraction = ''] = text.split('.');
    return { digits: BigInt(whole + fraction), places: fraction.length };
  }) as [{ digits: bigint; places: number }, { digits: bigint; places: number }];
  const places = x.places + y.places;
  return decimalText(`${x.digits * y.digits}e-${places}`) ?? '0';
}

/** Reads a decoded answer. `v × volumeFactor` is the volume; the prices of bars are real already. */
export function readBars(value: unknown): WebBars {
  const body = (value ?? {}) as Row;
  const factor = decimalText(body['volumeFactor']) ?? '1';
  const rows = Array.isArray(body['data']) ? (body['data'] as readonly Row[]) : [];
  const bars: WebBar[] = [];
  for (const row of rows) {
    const [open, high, low, close] = ['o', 'h', 'l', 'c'].map((name) => decimalText(row[name]));
    const time = Number(row['t']);
    if (open === undefined || high === undefined || low === undefined || close === undefined || !(time > 0)) continue;
    const v = decimalText(row['v']);
    bars.push({ time, open, high, low, close, volume: v === undefined || v.startsWith('-') ? undefined : product(v, factor) });
  }
  const number = (one: unknown): number | undefined => (typeof one === 'number' ? one : undefined);
  return {
    bars,
    damaged: rows.length - bars.length,
    symbol: typeof body['symbol'] === 'string' ? body['symbol'] : undefined,
    delay: number(body['mktDataDelay']),
    barSeconds: number(body['barLength']),
  };
}
