// Views as tables for a terminal: numbers to the right, grouped; what is unknown is said, not shown as 0.

import Table from 'cli-table3';
import { visibleText } from './legible.js';

export interface Sheet {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** Thousands grouped; digits as they are. */
export function grouped(value: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(value);
  return match === null ? value : `${match[1]}${match[2]!.replace(/\B(?=(\d{3})+$)/g, ',')}${match[3] ?? ''}`;
}

const isNumber = (cell: string | undefined): boolean => cell !== undefined && /^-?\d+(\.\d+)?$/.test(cell);

/** Columns that say nothing in any row are left out. */
export function tableText({ title, ...sheet }: Sheet): string {
  const told = [...sheet.head.keys()].filter((index) => sheet.rows.some((row) => row[index] !== undefined && row[index] !== ''));
  const head = told.map((index) => sheet.head[index]!);
  const rows = sheet.rows.map((row) => told.map((index) => row[index]));
  if (rows.length === 0) return `${title}: none\n`;
  const aligned = head.map((_, index) => (rows.some((row) => isNumber(row[index])) ? 'right' : 'left') as 'right' | 'left');
  const table = new Table({ head: [...head], colAligns: aligned, style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push(row.map((cell) => (cell === undefined ? '–' : grouped(visibleText(cell)))));
  return `${title}\n${table.toString()}\n`;
}
