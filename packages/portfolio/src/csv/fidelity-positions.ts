// Fidelity's positions: money market lines without a quantity, pending activity that is no position, a dated footer.

import { isCashEquivalent } from '../cash-equivalent.js';
import { emptyReading, type Instrument, type Position, present } from '../model.js';
import { optionOf } from '../option-symbol.js';
import { PortfolioError } from '../problem.js';
import { type Form, isEmpty, type ReadOptions } from './form.js';
import { type CsvRecord, columnsOf, recordOf } from './table.js';
import { money } from './values.js';

const NEEDED = ['accountnumber', 'symbol', 'quantity', 'lastprice', 'currentvalue'];

function read(record: CsvRecord, options: ReadOptions): Position {
  const { line } = record;
  const marked = record.text('symbol');
  const symbol = marked.replace(/\*+$/, ''); // SPAXX**: held in the core position
  const name = record.text('description');
  const option = optionOf(symbol);
  const isCash = option === undefined && (marked.endsWith('**') || isCashEquivalent(symbol, name));
  const instrument = present(
    option === undefined ? { class: isCash ? 'cash' : 'stock', symbol, name } : { class: 'option', option, name },
  ) as Instrument;
  return present({
    account: { broker: 'fidelity', number: options.account ?? record.text('accountnumber') },
    source: options.source ?? 'fidelity',
    raw: record.raw,
    instrument,
    quantity: money(record.text('quantity'), line, 'Quantity'),
    price: money(record.text('lastprice'), line, 'Last Price'),
    value: money(record.text('currentvalue'), line, 'Current Value'),
    costBasis: money(record.text('costbasistotal', 'costbasis'), line, 'Cost Basis Total'),
    averageCost: money(record.text('averagecostbasis', 'costbasispershare'), line, 'Average Cost Basis'),
    currency: 'USD',
    isCashEquivalent: isCash,
  }) as Position;
}

/** `09/30/2026 2:35 am` as `2026-09-30T02:35`, in whatever zone it was meant; other forms as they are. */
function instantOf(text: string): string {
  const match = /^(\d{2})\/(\d{2})\/(\d{4})(?: +(\d{1,2}):(\d{2}) *([ap])\.?m)?/i.exec(text);
  if (match === null) return text;
  const [, month, date, year, hour, minute, half] = match;
  if (hour === undefined) return `${year}-${month}-${date}`;
  const hours = (Number(hour) % 12) + (half!.toLowerCase() === 'p' ? 12 : 0);
  return `${year}-${month}-${date}T${String(hours).padStart(2, '0')}:${minute}`;
}

export const fidelityPositions: Form = {
  broker: 'fidelity',
  name: 'Fidelity positions',
  fits: (rows) => rows.slice(0, 4).some((row) => columnsOf(row, NEEDED) !== undefined),
  read(rows, options) {
    const index = rows.findIndex((row) => columnsOf(row, NEEDED) !== undefined);
    const columns = columnsOf(rows[index]!, NEEDED)!;
    const positions: Position[] = [];
    let ignoredRows = 0;
    for (const row of rows.slice(index + 1)) {
      const record = recordOf(row, columns);
      if (isEmpty(row) || (row.cells.length < 3 && row.cells[0]!.includes(' '))) ignoredRows += 1;
      else if (/^pending activity$/i.test(record.text('symbol')) || /^pending activity$/i.test(record.text('description')))
        ignoredRows += 1;
      else if (row.cells.length < columns.width) throw new PortfolioError('file-cut', 'this row is cut', { line: row.line });
      else positions.push(read(record, options));
    }
    const downloaded = /^date downloaded\s+(.*)$/i.exec(rows.at(-1)?.cells.join(',') ?? '')?.[1];
    if (downloaded === undefined)
      throw new PortfolioError('file-cut', 'the footer "Date downloaded …" is missing: the file is cut');
    return {
      ...emptyReading(options.source ?? 'fidelity', 'fidelity'),
      positions: positions.map((one) => ({ ...one, asOf: instantOf(downloaded) })),
      ignoredRows,
      end: 'proven',
    };
  },
};
