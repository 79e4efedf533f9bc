// Numbers and states that stand inside notices; read by position, so that the language of the TWS does not matter.

// Each number is tried from its first digit alone, so that a long one is read once.
const LAST_DIGITS = /(?<!\d)(\d+)\D*$/;

/** Another login of the same user, as several codes put it in English. */
export const ANOTHER_LOGIN = /compet|another (session|location|computer|device)|different (location|ip)/i;

/** The new port of code 1300: the last number of the text that can be a port; undefined without one. */
export function newPort(text: string): number | undefined {
  const port = lastNumber(text);
  return port !== undefined && port >= 1 && port <= 65_535 ? port : undefined;
}

/** The order id of codes 10147 and 10148: the first whole number of the text; undefined without one. */
export function namedOrderId(text: string): number | undefined {
  const digits = /-?\d+/.exec(text)?.[0];
  const id = digits === undefined ? undefined : Number(digits);
  return id !== undefined && Number.isSafeInteger(id) ? id : undefined;
}

/** The permId of code 161: the last number of the text, as text because it has up to 64 bits; undefined without one. */
export function namedPermId(text: string): string | undefined {
  return LAST_DIGITS.exec(text)?.[1];
}

/** The order states of the gateway; 10148 names one of them. */
export const orderStates = [
  'ApiPending',
  'PendingSubmit',
  'PendingCancel',
  'PreSubmitted',
  'Submitted',
  'Filled',
  'ApiCancelled',
  'Cancelled',
  'Inactive',
] as const;

/** A word for the state of an order, as texts of the gateway use it. */
export type OrderState = (typeof orderStates)[number];

/** The state at the end of code 10148; undefined when the last word is not one of the known states: never assumed. */
export function namedState(text: string): OrderState | undefined {
  const word = /(?<![A-Za-z])([A-Za-z]+)\W*$/.exec(text)?.[1]?.toLowerCase();
  return orderStates.find((state) => state.toLowerCase() === word);
}

/** What stands behind the first colon of a text, as in `Order Canceled - reason:`; undefined when there is no colon. */
export function reasonBehindColon(text: string): string | undefined {
  const at = text.search(/[:\uff1a]/);
  return at < 0 ? undefined : text.slice(at + 1).trim();
}

function lastNumber(text: string): number | undefined {
  const digits = LAST_DIGITS.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
