// Rows of accounts as the settings of the terminal let clients see them.
import type { PortfolioRow } from '../accounts/account-book.js';
import type { AccountValue } from '../accounts/account-values.js';
import type { TerminalSettings } from './terminal-settings.js';

/** Money has two decimals; rates and ratios that have as many are no money. */
const MONEY = /^-?\d+\.\d\d$/;
const NO_MONEY: ReadonlySet<string> = new Set(['ExchangeRate', 'Leverage', 'Cushion']);

/** The value without cents where the terminal rounds. */
export function roundedValue({ key, value }: AccountValue, terminal: TerminalSettings): string {
  const isRounded = terminal.roundAccountValuesToNearestWholeNumber && MONEY.test(value) && !NO_MONEY.has(key);
  return isRounded ? String(Math.round(Number(value))) : value;
}

/** The key as account updates tell it. */
export function toldKey({ key, isOfLedger }: AccountValue, terminal: TerminalSettings): string {
  return isOfLedger === true && terminal.ledgerPrefix ? `$LEDGER-${key}` : key;
}

/** Whether a holding is listed. One that was closed today has realised something, or has been traded. */
export function isListed({ instrument, position, realizedPnL }: PortfolioRow, terminal: TerminalSettings): boolean {
  if (instrument.secType === 'CASH' && !terminal.includeVirtualFxPositions) return false;
  return !(terminal.sendZeroPositionsForTodayOnly && position === '0' && realizedPnL === 0);
}
