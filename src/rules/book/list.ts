// The rule book: every row, in the order in which findings are reported. To delete a rule delete its row.
import { amountRows } from './amounts.js';
import { capRows } from './caps.js';
import { cashRows } from './cash.js';
import { circumstanceRows } from './circumstances.js';
import { futureRows } from './futures.js';
import { iraRows } from './ira.js';
import { marginRows } from './margin.js';
import { permissionRows } from './permission.js';
import { priceRows } from './prices.js';
import type { Row } from './row.js';
import { shapeRows } from './shape.js';

/** Every code that `check` can report, with what it means, how it is worded, where it comes from, and its judgement. */
export const ruleCodes = {
  ...permissionRows,
  ...shapeRows,
  ...amountRows,
  ...priceRows,
  ...capRows,
  ...circumstanceRows,
  ...cashRows,
  ...futureRows,
  ...iraRows,
  ...marginRows,
} satisfies Record<string, Row>;
/** The code of a rule. */
export type RuleCode = keyof typeof ruleCodes;
