// IRA-SHORT-STOCK, CASH-SHORT-STOCK: stock may not end below zero in any situation.
import type { Rule } from '../context.js';
import { shortfalls } from './shortfall.js';
import { twin } from './twin.js';

export const shortStock: Rule = {
  codes: ['IRA-SHORT-STOCK', 'CASH-SHORT-STOCK'],
  judge: (context) => shortfalls(context, twin('SHORT-STOCK', context.snapshot), (contract) => contract.secType === 'STK'),
};
