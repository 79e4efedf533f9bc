// Greeks from our own models, for an option as the facade holds it.
import { InputError } from '../input/input-error.js';
import { bjerksundStensland } from './bjerksund-stensland.js';
import { blackScholes } from './black-scholes.js';
import { type ImpliedVolatility, impliedVolatility, type Style } from './implied.js';
import { type Greeks, yearsUntil } from './terms.js';

/** What an option is, as far as a model asks. */
export interface Modelled {
  readonly strike?: number | undefined;
  readonly right?: string | undefined;
  readonly lastTradeDateOrContractMonth?: string | undefined;
}

/** What our own model has to know besides the contract: the market at one moment. */
export interface ModelTerms {
  readonly spot: number;
  /** Continuous yearly interest: 0.05 is five percent. Default 0. */
  readonly rate?: number;
  /** Continuous yearly yield of the underlying. Default 0. */
  readonly yield?: number;
  /** Default american. */
  readonly style?: Style;
  /** The moment, epoch milliseconds or a Date. */
  readonly at: number | Date;
  /** When the option dies, epoch milliseconds. Default: the end of its expiry's UTC day. */
  readonly expiresAt?: number;
}

const DAY_MS = 86_400_000;

function termsOf(option: Modelled, { spot, rate = 0, yield: paid = 0, at, expiresAt }: ModelTerms) {
  const { strike, right } = option;
  const side = right === 'C' || right === 'CALL' ? 'C' : right === 'P' || right === 'PUT' ? 'P' : undefined;
  if (side === undefined) throw new InputError('right', 'must be C or P');
  if (strike === undefined || !(strike > 0)) throw new InputError('strike', 'must be above 0');
  const years = yearsUntil(expiresAt ?? expiryOf(option), at instanceof Date ? at.getTime() : at);
  return { right: side, spot, strike, years, rate, yield: paid } as const;
}

function expiryOf({ lastTradeDateOrContractMonth = '' }: Modelled): number {
  const found = /^(\d{4})(\d{2})(\d{2})/.exec(lastTradeDateOrContractMonth);
  if (found === null) throw new InputError('lastTradeDateOrContractMonth', 'must begin with yyyyMMdd');
  return Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) + DAY_MS;
}

/** Price and Greeks at a volatility (0.2 is twenty percent). @throws {InputError} */
export function modelGreeks(option: Modelled, volatility: number, terms: ModelTerms): Greeks {
  const priced = { ...termsOf(option, terms), volatility };
  return terms.style === 'european' ? blackScholes(priced) : bjerksundStensland(priced);
}

/** The volatility at which our model gives this price, or why there is none. @throws {InputError} */
export function modelVolatility(option: Modelled, price: number, terms: ModelTerms): ImpliedVolatility {
  return impliedVolatility(termsOf(option, terms), price, terms.style ?? 'american');
}
