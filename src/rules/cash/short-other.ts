// IRA-SHORT-OTHER, CASH-SHORT-OTHER: funds, bonds, warrants and coins may not end below zero either.
import type { Rule } from '../context.js';
import { shortfalls } from './shortfall.js';
import { twin } from './twin.js';

export const shortOther: Rule = {
  codes: ['IRA-SHORT-OTHER', 'CASH-SHORT-OTHER'],
  judge: (context) => shortfalls(context, twin('SHORT-OTHER', context.snapshot), (contract) => contract.secType !== 'STK'),
};
