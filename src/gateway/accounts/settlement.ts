/** When the money of a trade settles. Weekends are skipped; exchange holidays are not known here. */
import type { Instrument } from '../world/instrument.js';

/** Business days after the trade until its proceeds may be used. */
export function settlementDays(instrument: Pick<Instrument, 'secType' | 'symbol' | 'currency'>): number {
  switch (instrument.secType) {
    case 'FUT':
    case 'CONTFUT':
    case 'CRYPTO':
    case 'IND':
      return 0;
    case 'CASH':
      return pairIs(instrument, 'USD', 'CAD') ? 1 : 2;
    case 'STK':
    case 'WAR':
    case 'BOND':
      return ['USD', 'CAD', 'MXN'].includes(instrument.currency) ? 1 : 2;
    default:
      return 1;
  }
}

function pairIs(instrument: Pick<Instrument, 'symbol' | 'currency'>, one: string, other: string): boolean {
  const { symbol, currency } = instrument;
  return (symbol === one && currency === other) || (symbol === other && currency === one);
}

/** The day (yyyyMMdd) `days` business days after another. */
export function addBusinessDays(day: string, days: number): string {
  const date = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8))));
  for (let left = days; left > 0; ) {
    date.setUTCDate(date.getUTCDate() + 1);
    const weekday = date.getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return date.toISOString().slice(0, 10).replaceAll('-', '');
}
