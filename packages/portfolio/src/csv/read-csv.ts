// A CSV text of any known broker: the form is recognised by the names of its columns.

import type { Reading } from '../model.js';
import { PortfolioError } from '../problem.js';
import { etrade } from './etrade.js';
import { fidelity } from './fidelity.js';
import { fidelityPositions } from './fidelity-positions.js';
import type { Form, ReadOptions } from './form.js';
import { robinhood } from './robinhood.js';
import { schwab } from './schwab.js';
import { rowsOf } from './table.js';
import { vanguard } from './vanguard.js';

const FORMS: readonly Form[] = [robinhood, schwab, fidelity, fidelityPositions, vanguard, etrade];

/**
 * Reads a broker's file.
 * @throws {PortfolioError} `file-unknown` for columns of no known broker, `file-cut` for a file whose end is missing, `file-total`
 * when its own total disagrees.
 */
export function readCsv(text: string, options: ReadOptions = {}): Reading {
  const rows = rowsOf(text);
  const form = FORMS.find((one) => one.fits(rows));
  if (form === undefined) {
    const names = FORMS.map((one) => one.name).join(', ');
    throw new PortfolioError('file-unknown', `these columns are of no known form (${names}): give a mapping file`);
  }
  return form.read(rows, options);
}
