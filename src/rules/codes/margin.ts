// Codes of margin accounts, day trades and taxable accounts.
import { entry } from './entry.js';

const BOTH = 'reg-t, portfolio-margin';

export const marginCodes = {
  'MARGIN-FUNDS': entry('reject', BOTH, 'initial margin above the available funds', 'Initial margin {needed} {currency} with {working} {currency} for working orders exceeds available funds of {free} {currency}.', ['At most {maxQuantity}.', '{missing} {currency} is missing.'], 'A', 'Regulation T, 12 CFR 220'),
  'MARGIN-NEEDS-WHATIF': entry('reject', BOTH, 'margin that is not estimated here', 'Margin cannot be judged: {unknown}.', 'Run a what-if for this account, or supply {unknown}.', 'D', 'decision of this library'),
  'MARGIN-NO-LOCATE': entry('reject', BOTH, 'a short sale without known borrowable shares', ['{short} would be sold short, {shortable} can be borrowed.', '{short} would be sold short, and it is not known whether shares can be borrowed.'], 'Sell at most {maxQuantity}, or wait until shares can be borrowed.', 'B', 'Regulation SHO'),
  'MARGIN-MIN-EQUITY': entry('reject', BOTH, 'a short sale with little or unknown equity', ['Net liquidation {netLiquidation} is below 2000.', 'Net liquidation is not known.'], 'Short sales need 2000 of equity.', 'A', 'FINRA 4210, Regulation T'),
  'PM-MIN-EQUITY': entry('reject', 'portfolio-margin', 'opening with too little equity for portfolio margin', ['Net liquidation {netLiquidation} is below 100000.', 'Net liquidation is not known.'], 'Only closing orders pass below 100000.', 'B', 'FINRA 4210(g)'),
  'CROSS-ZERO': entry('warn', BOTH, 'one sale that closes a long and opens a short', '{held} held, {quantity} sold: {short} of it opens a short.', 'Send two orders, one to close and one to open.', 'D', 'decision of this library'),
  'CRYPTO-SHORT': entry('reject', 'cash, reg-t, portfolio-margin', 'selling more coins than are held', '{quantity} sold, {held} held, {offered} already offered.', 'Sell at most {maxQuantity}.', 'C', 'working knowledge'),
  'PTP-1446F': entry('warn', 'cash, reg-t, portfolio-margin', 'withholding on partnership units of a person who is not a US person', 'Ten percent of the sale proceeds of {symbol} may be withheld (IRC 1446(f)).', 'Look for the exemption published by the issuer; it is valid for 92 days.', 'A', 'IRC 1446(f), broker tax reporting'),
  'PDT-LIMIT': entry('reject', 'reg-t, ira-margin', 'day trades used up below 25000', ['{used} day trades used in five business days, net liquidation {netLiquidation} is below 25000.', '{used} day trades used in five business days, net liquidation is not known.', 'Own count leaves {own} day trades, the broker says {broker}.'], ['Only exits until a day trade leaves the window; or 25000 of net liquidation.', 'The smaller of the two counts.'], 'B', 'FINRA 4210(f)(8) before 2026-06-04'),
  'PDT-FOURTH-DAY-TRADE': entry('warn', 'reg-t, ira-margin', 'an exit that completes one more day trade', ['This exit completes day trade number {number} below 25000.', 'If everything opened today is also closed today, {potential} day trades will have been used.'], 'Hold overnight if the count matters.', 'D', 'decision of this library'),
  'IDM-DEFICIT': entry('reject', 'reg-t, ira-margin', 'maintenance excess that would fall below zero within the day', 'Excess liquidity {excess} less a maintenance change of {change} is {after}.', ['{missing} is missing; send less.'], 'D', 'FINRA 4210(d)(2) from 2026-06-04'),
} as const;
