// Bars as typed arrays.

import type { ContractInput } from '../contracts/details.js';
import type { Call, Core } from '../core.js';
import { askBarRows, type BarsRequest } from './ask-bars.js';
import { type BarRows, columnsOf } from './bar-rows.js';

/**
 * Bars oldest first, the bar `at` being `time[at]`, `open[at]` and so on. `time` in epoch milliseconds, of daily bars midnight UTC of
 * their date; NaN where a `Bar` has undefined.
 */
export type BarColumns = { readonly length: number } & BarRows['columns'];

/** @throws as `bars` does. */
export async function askBarColumns(core: Core, contract: ContractInput, request: BarsRequest, call?: Call): Promise<BarColumns> {
  const answers = await askBarRows(core, contract, request, call);
  const length = answers.reduce((sum, rows) => sum + rows.length, 0);
  // Copies: what is gathered may be another caller's too.
  const columns = columnsOf((name) => {
    const whole = new Float64Array(length);
    let at = 0;
    for (const rows of answers) {
      whole.set(rows.columns[name].subarray(0, rows.length), at);
      at += rows.length;
    }
    return whole;
  });
  return { length, ...columns };
}
