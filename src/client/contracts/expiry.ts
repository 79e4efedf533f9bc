// The day on which a series expires, on the calendar of its exchange: gateways also tell it on the clock of the login.
import { dayNumber, dayText } from '../../rules/calendar/business-days.js';
import { parseTime } from '../time/parse.js';
import { DAY as DAY_MS, toReading } from '../time/zone.js';
import { plainZones } from '../time/zones.js';
import type { DetailsMessage } from './details.js';

const DAY = /^\d{8}/;
/** `AAPL  260619C00200000`: the day of an OCC symbol. */
const OCC = /\d{6}(?=[CP]\d{8}$)/;

/** Days that the details tell besides the contract's own text: no series trades after one of them. */
function lastDays({ contract, contractDetails }: DetailsMessage): readonly string[] {
  const real = DAY.exec(contractDetails?.realExpirationDate ?? '')?.[0];
  const occ = OCC.exec(contract?.localSymbol ?? '')?.[0];
  return [...(real === undefined ? [] : [real]), ...(occ === undefined ? [] : [`20${occ}`])];
}

/**
 * `yyyyMMdd` on the exchange's calendar; a month or an empty text as it was told. A text with time and zone is read on the clock of
 * the exchange; a day after the real expiration is a fault of the gateway, and the real one holds.
 */
export function expiryDay(details: DetailsMessage): string | undefined {
  const text = details.contract?.lastTradeDateOrContractMonth;
  if (text === undefined || !DAY.test(text)) return text;
  let day = DAY.exec(details.contract?.lastTradeDate ?? '')?.[0] ?? text.slice(0, 8);
  const read = parseTime(text);
  const zone = plainZones.find(details.contractDetails?.timeZoneId ?? '');
  if (day === text.slice(0, 8) && read.kind === 'instant' && zone !== undefined) {
    day = dayText(Math.floor(toReading(zone, read.epochMs) / DAY_MS)).replaceAll('-', '');
  }
  return lastDays(details).reduce((first, other) => (other < first && isNear(first, other) ? other : first), day);
}

/** No more than a few days apart: another year is another matter. */
function isNear(one: string, other: string): boolean {
  const [a, b] = [dayNumber(one), dayNumber(other)];
  return a !== undefined && b !== undefined && Math.abs(a - b) <= 3;
}

/** Details with the exchange's day in their contract. */
export function withExpiryDay<M extends DetailsMessage>(details: M): M {
  const day = expiryDay(details);
  const { contract } = details;
  if (contract === undefined || day === contract.lastTradeDateOrContractMonth) return details;
  return { ...details, contract: { ...contract, lastTradeDateOrContractMonth: day } };
}
