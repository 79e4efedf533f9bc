// Symbols of options in the forms brokers write them, and back to the OCC's 21 characters.

import Big from 'big.js';
import { plain } from './decimal.js';
import type { OptionTerms } from './model.js';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const ROOT = '([A-Z][A-Z0-9.]{0,5})';
const RIGHT = '(C|P|CALL|PUT)';
const STRIKE = '\\$?([\\d,]+(?:\\.\\d+)?)';

/** AAPL  260620C00200000, AAPL--260620C00200000 */
const OCC = new RegExp(`^${ROOT}[\\s-]*(\\d{2})(\\d{2})(\\d{2})([CP])(\\d{8})$`);
/** -MU260926P150: the minus is a mark of the symbol */
const SHORT_FORM = new RegExp(`^-?${ROOT}(\\d{2})(\\d{2})(\\d{2})([CP])(\\d+(?:\\.\\d+)?)$`);
/** AAPL 6/20/2026 Call $200.00 */
const RIGHT_FIRST = new RegExp(`^${ROOT} +(\\d{1,2})/(\\d{1,2})/(\\d{2,4}) +${RIGHT} +${STRIKE}$`);
/** SPXW 07/17/2026 7230.00 C */
const STRIKE_FIRST = new RegExp(`^${ROOT} +(\\d{1,2})/(\\d{1,2})/(\\d{2,4}) +${STRIKE} +${RIGHT}$`);
/** AAPL Jun 20 '26 $200 Call */
const MONTH_DAY = new RegExp(`^${ROOT} +([A-Z]{3}) +(\\d{1,2}),? +'?(\\d{2,4}) +${STRIKE} +${RIGHT}$`);
/** AAPL 20JUN26 200 C, AAPL 20 Jun 26 200 Call */
const DAY_MONTH = new RegExp(`^${ROOT} +(\\d{1,2}) ?([A-Z]{3}) ?'?(\\d{2,4}) +${STRIKE} +${RIGHT}$`);
/** CALL AAPL 06/20/26 200 */
const LEADING = new RegExp(`^${RIGHT} +${ROOT} +(\\d{1,2})/(\\d{1,2})/(\\d{2,4}) +${STRIKE}$`);

function terms(underlying: string, year: string, month: string | number, day: string, right: string, strike: string) {
  const two = (part: string | number): string => String(part).padStart(2, '0');
  const expiry = `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(day)}`;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return undefined;
  return {
    underlying,
    expiry,
    right: right.startsWith('C') ? 'C' : 'P',
    strike: strike.replaceAll(',', ''),
  } satisfies OptionTerms;
}

/** Terms of an option symbol; undefined when it is none. */
export function optionOf(text: string): OptionTerms | undefined {
  const symbol = text.trim().toUpperCase().replace(/\s+/g, ' ');
  let m = OCC.exec(symbol);
  if (m) return terms(m[1]!, m[2]!, m[3]!, m[4]!, m[5]!, plain(new Big(m[6]!).div(1000)));
  m = SHORT_FORM.exec(symbol);
  if (m) return terms(m[1]!, m[2]!, m[3]!, m[4]!, m[5]!, m[6]!);
  m = RIGHT_FIRST.exec(symbol);
  if (m) return terms(m[1]!, m[4]!, m[2]!, m[3]!, m[5]!, m[6]!);
  m = STRIKE_FIRST.exec(symbol);
  if (m) return terms(m[1]!, m[4]!, m[2]!, m[3]!, m[6]!, m[5]!);
  m = MONTH_DAY.exec(symbol);
  if (m) return terms(m[1]!, m[4]!, MONTHS.indexOf(m[2]!) + 1, m[3]!, m[6]!, m[5]!);
  m = DAY_MONTH.exec(symbol);
  if (m) return terms(m[1]!, m[4]!, MONTHS.indexOf(m[3]!) + 1, m[2]!, m[6]!, m[5]!);
  m = LEADING.exec(symbol);
  return m ? terms(m[2]!, m[5]!, m[3]!, m[4]!, m[1]!, m[6]!) : undefined;
}

/** The OCC symbol, 21 characters: root padded to six, yymmdd, C or P, strike × 1000 in eight digits. */
export function occOf(option: OptionTerms): string {
  const strike = new Big(option.strike).times(1000).toFixed(0).padStart(8, '0');
  return `${option.underlying.padEnd(6)}${option.expiry.slice(2).replaceAll('-', '')}${option.right}${strike}`;
}
