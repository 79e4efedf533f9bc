// Codes that hold for IRA accounts only.
import { entry } from './entry.js';

const IRA = 'ira-cash, ira-margin';

export const iraCodes = {
  'IRA-MLP': entry(
    'reject',
    IRA,
    'partnership units in a retirement account',
    '{symbol} is a partnership unit ({reason}); these are not held in retirement accounts here.',
    'Choose a fund taxed as a corporation; a holding may be sold.',
    'A',
    'broker knowledge base 188',
  ),
  'IRA-PTP': entry(
    'warn',
    IRA,
    'a fund taxed as a partnership',
    '{symbol} is taxed as a partnership and may pass UBTI through; above 1000 USD a year the IRA files and pays.',
    'Check with the fund before buying.',
    'C',
    'IRC 511-514',
  ),
  'IRA-CASH-FOREIGN': entry(
    'reject',
    'ira-cash',
    'another currency in a cash-type IRA',
    'A cash-type IRA holds {base} only; this order needs or acquires {currency}.',
    'Use a margin-type IRA, or enable other currencies by policy after checking.',
    'A',
    'broker knowledge base 188, older text',
  ),
  'IRA-PRODUCT': entry(
    'reject',
    IRA,
    'contracts for difference and spot metal',
    '{secType} is not available in an IRA.',
    'Choose the security itself or a fund.',
    'C',
    'working knowledge',
  ),
  'IRA-CRYPTO': entry(
    'reject',
    IRA,
    'spot crypto',
    'Spot crypto is not confirmed for this account.',
    'Enable it by policy after checking.',
    'D',
    'decision of this library',
  ),
  'IRA-ASSIGNMENT': entry(
    'warn',
    IRA,
    'early assignment of an American-style short option',
    [
      'Early assignment of {calls} calls on {underlying} would leave {shortShares} shares short; the broker would liquidate.',
      'Early assignment of the puts on {underlying} would cost {strikes} {currency} against {cash} {currency} of cash; the broker would liquidate.',
    ],
    'Close before expiry or before the dividend date.',
    'A',
    'broker knowledge base 1767 and 222',
  ),
  'IRA-WASH-SALE': entry(
    'warn',
    IRA,
    'a purchase soon after a loss sale in a linked taxable account',
    '{symbol} was sold at a loss {daysAgo} days ago in a linked account: the loss is disallowed and the IRA basis does not rise.',
    'Wait {wait} days.',
    'A',
    'IRS Revenue Ruling 2008-5',
  ),
} as const;
