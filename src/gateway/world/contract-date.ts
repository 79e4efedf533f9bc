/** The texts that `lastTradeDateOrContractMonth` of a request may be. */
import { dayOfText } from './civil.js';

/** Empty, `NOEXP`, a month (yyyyMM) or a day (yyyyMMdd) of 1978 to 3000: anything else is refused before the contract is looked up. */
export function isContractDate(text: string | undefined): boolean {
  if (text === undefined || text === '' || text === 'NOEXP') return true;
  const day = /^\d{6}$/.test(text) ? `${text}01` : text;
  const year = Number(day.slice(0, 4));
  return dayOfText(day) !== undefined && year >= 1978 && year <= 3000;
}
