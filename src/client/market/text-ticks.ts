// Ticks that are lists in a text: real-time volume, dividends, fundamental ratios.
import { type Keyed, KeyedMap } from '../../input/keyed.js';

/** A trade with the day's totals (`rtVolume`, `rtTrdVolume`). Absent: empty in the text. */
export interface RtVolume {
  readonly price: number | undefined;
  readonly size: number | undefined;
  /** Epoch milliseconds. */
  readonly time: number | undefined;
  readonly volume: number | undefined;
  readonly vwap: number | undefined;
  /** One trade, not several put together. */
  readonly isSingleTrade: boolean;
}

const number = (text: string | undefined): number | undefined => {
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
};

/** Reads `price;size;time;volume;vwap;single`; undefined when the text is no such list. */
export function readRtVolume(text: string): RtVolume | undefined {
  const parts = text.split(';');
  if (parts.length < 6) return undefined;
  const [price, size, time, volume, vwap, single] = parts;
  return {
    price: number(price),
    size: number(size),
    time: number(time),
    volume: number(volume),
    vwap: number(vwap),
    isSingleTrade: single === 'true',
  };
}

/**
 * Dividends as the tick of them tells: sums per share in the contract's currency, the next day as `yyyyMMdd`; undefined: not
 * told.
 */
export interface Dividends {
  readonly past12Months: number | undefined;
  readonly next12Months: number | undefined;
  /** `yyyyMMdd`. */
  readonly nextDate: string | undefined;
  readonly nextAmount: number | undefined;
}

/** Reads `past,next,date,amount` of `ibDividends`; undefined when the text is no such list. */
export function readDividends(text: string): Dividends | undefined {
  const parts = text.split(',');
  if (parts.length !== 4) return undefined;
  const [past, next, date, amount] = parts;
  return {
    past12Months: number(past),
    next12Months: number(next),
    nextDate: date === undefined || date === '' ? undefined : date,
    nextAmount: number(amount),
  };
}

/** Reads `NAME=value;…` of `fundamentalRatios`; -99999.99 stands for not available. */
export function readRatios(text: string): Keyed<string, number> {
  const ratios = new KeyedMap<string, number>();
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    const value = number(part.slice(at + 1));
    if (at > 0 && value !== undefined && value !== -99999.99) ratios.set(part.slice(0, at).trim(), value);
  }
  return ratios;
}
