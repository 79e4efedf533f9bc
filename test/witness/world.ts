// What can be traded in the witness's world: few lines, whole numbers, one account.

export const ACCOUNT = 'DU9000001';
export type Currency = 'USD' | 'EUR';

export interface Line {
  readonly conId: number;
  readonly symbol: string;
  readonly secType: 'STK' | 'OPT' | 'FUT';
  readonly currency: Currency;
  /** Cents. */
  readonly last: number;
  readonly right?: 'C' | 'P';
  /** Cents. */
  readonly strike?: number;
  /** Its class is not the usual one of the underlying: an adjusted series. */
  readonly tradingClass?: string;
}

export const LINES: readonly Line[] = [
  { conId: 101, symbol: 'AAPL', secType: 'STK', currency: 'USD', last: 10_000 },
  { conId: 102, symbol: 'MSFT', secType: 'STK', currency: 'USD', last: 5_000 },
  { conId: 103, symbol: 'SAP', secType: 'STK', currency: 'EUR', last: 8_000 },
  { conId: 201, symbol: 'AAPL', secType: 'OPT', currency: 'USD', last: 300, right: 'C', strike: 10_500 },
  { conId: 202, symbol: 'AAPL', secType: 'OPT', currency: 'USD', last: 200, right: 'P', strike: 900 },
  { conId: 203, symbol: 'AAPL', secType: 'OPT', currency: 'USD', last: 310, right: 'C', strike: 10_500, tradingClass: 'AAPL1' },
  { conId: 204, symbol: 'AAPL', secType: 'OPT', currency: 'USD', last: 700, right: 'C', strike: 10_000 },
  { conId: 301, symbol: 'ES', secType: 'FUT', currency: 'USD', last: 500_000 },
];

/** The stock under the options. */
export const UNDERLYING = 101;
export const lineOf = (conId: number): Line | undefined => LINES.find((line) => line.conId === conId);

export function contractOf(line: Line) {
  const base = {
    conId: line.conId,
    symbol: line.symbol,
    secType: line.secType,
    currency: line.currency,
    exchange: line.secType === 'FUT' ? 'CME' : 'SMART',
  };
  if (line.secType === 'STK') return { ...base, localSymbol: line.symbol, tradingClass: 'NMS' };
  if (line.secType === 'FUT') return { ...base, lastTradeDateOrContractMonth: '20261218', multiplier: '50' };
  return {
    ...base,
    lastTradeDateOrContractMonth: '20270115',
    strike: (line.strike ?? 0) / 100,
    right: line.right ?? 'C',
    multiplier: '100',
    tradingClass: line.tradingClass ?? line.symbol,
    localSymbol: `${line.tradingClass ?? line.symbol}  270115${line.right ?? ''}${String((line.strike ?? 0) * 10).padStart(8, '0')}`,
  };
}
