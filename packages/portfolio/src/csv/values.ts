// Cells as values: money in its disguises, and dates.

import { isZero } from '../decimal.js';
import type { DecimalText } from '../model.js';
import { PortfolioError } from '../problem.js';

const NUMBER = /^(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?$/;
const NOTHING: ReadonlySet<string> = new Set(['', '-', '--', 'n/a', 'N/A']);

/** `$1,234.56`, `($5.00)`, `-$1,500.00`, `$-3`, `+2`: the digits as written, with a minus. Undefined for an empty cell. */
export function money(cell: string, line: number, column: string): DecimalText | undefined {
  const text = cell.trim().replaceAll('−', '-');
  if (NOTHING.has(text)) return undefined;
  const bracketed = /^\((.*)\)$/.exec(text);
  const bare = (bracketed?.[1] ?? text).replace(/[\s$]/g, '');
  const digits = bare.replace(/^[+-]/, '');
  if (digits === '' || digits === '.' || !NUMBER.test(digits))
    throw new PortfolioError('row-unreadable', `"${cell}" is no number (${column})`, { line });
  const plain = digits.replaceAll(',', '').replace(/^\./, '0.').replace(/\.$/, '');
  const isNegative = (bracketed !== null) !== bare.startsWith('-');
  return isNegative && !isZero(plain) ? `-${plain}` : plain;
}

/** As `money`, and undefined for a zero: where 0 stands for "does not apply". */
export function nonZero(cell: string, line: number, column: string): DecimalText | undefined {
  const value = money(cell, line, column);
  return value === undefined || isZero(value) ? undefined : value;
}

/** M/D/YYYY, MM/DD/YY, YYYY-MM-DD or Mon-DD-YYYY as YYYY-MM-DD. */
export function day(cell: string, line: number): string {
  const text = cell.trim();
  const american = /^(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})$/.exec(text);
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  const [year, month, date] = american ? [american[3]!, american[1]!, american[2]!] : iso ? [iso[1]!, iso[2]!, iso[3]!] : [];
  const whole = `${year?.length === 2 ? `20${year}` : year}-${month?.padStart(2, '0')}-${date?.padStart(2, '0')}`;
  const instant = new Date(`${whole}T00:00:00Z`);
  if (year === undefined || Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== whole)
    throw new PortfolioError('row-unreadable', `"${cell}" is no date`, { line });
  return whole;
}

export function dayIfAny(cell: string, line: number): string | undefined {
  return NOTHING.has(cell.trim()) ? undefined : day(cell, line);
}
