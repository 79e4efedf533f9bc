// In which order a record's rows stand on the text wire.

import type { RecordTable, Row, Rows, TextEntry } from './rows.js';

/** The default order on the text wire: that of the rows. */
export function entriesOf(table: RecordTable<Rows>): readonly TextEntry[] {
  return table.text ?? Object.keys(table.rows).filter((name) => hasText(table.rows[name]!));
}

function hasText(row: Row): boolean {
  return row.row !== 'field' || row.text;
}
