// Legs of combinations: contracts with a sign, and how they become one BAG.
import { combo } from '../../contracts/builders.js';
import type { ComboLegDraft, ContractOf, Right } from '../../contracts/draft.js';
import { InputError } from '../../input/input-error.js';
import { namesOf, refuseOthers } from '../../input/known-properties.js';

/** A stock (or future) leg whose contract id is known: `ib.contracts.qualify` gives such. */
export interface UnderlyingLeg {
  readonly conId: number;
  /** One without a symbol makes no leg. */
  readonly symbol?: string | undefined;
  readonly exchange?: string | undefined;
  readonly currency?: string | undefined;
}

/** An option whose contract id is known: what `ib.options.chain` lists, or any qualified option. */
export interface ChainOption extends UnderlyingLeg {
  readonly lastTradeDateOrContractMonth?: string | undefined;
  readonly strike?: number | undefined;
  readonly right?: string | undefined;
  readonly multiplier?: string | undefined;
  readonly tradingClass?: string | undefined;
}

/** The combination: buying it opens the strategy as named, long. */
export type Bag = ContractOf<'BAG', 'symbol' | 'exchange' | 'currency' | 'comboLegs'>;

/** A leg with its side: bought or sold, and how many of it for one combination. */
export interface Signed {
  readonly contract: UnderlyingLeg;
  readonly action: 'BUY' | 'SELL';
  readonly ratio: number;
}

/** A leg that is bought, `ratio` times for one combination (default 1). */
export const buy = (contract: UnderlyingLeg, ratio = 1): Signed => ({ contract, action: 'BUY', ratio });
/** A leg that is sold, `ratio` times for one combination (default 1). */
export const sell = (contract: UnderlyingLeg, ratio = 1): Signed => ({ contract, action: 'SELL', ratio });

/** Where the legs trade and the combination is routed. Default SMART. */
export interface BagOptions {
  readonly exchange?: string;
}

const bagNames = namesOf<BagOptions>({ exchange: true });

/** Legs as one BAG. All must have one symbol and one currency. */
export function bag(legs: readonly Signed[], options: BagOptions = {}): Bag {
  refuseOthers(bagNames, options, 'options.');
  return bagAt(legs, options.exchange);
}

/** The same, of options that have been looked at. */
export function bagAt(legs: readonly Signed[], exchange = 'SMART'): Bag {
  const [first] = legs;
  if (first === undefined) throw new InputError('legs', 'needs at least two');
  const { symbol, currency = 'USD' } = first.contract;
  if (symbol === undefined || symbol === '') throw new InputError('legs[0].symbol', 'is needed');
  const comboLegs = legs.map(({ contract, action, ratio }, i): ComboLegDraft => {
    if (contract.symbol !== symbol)
      throw new InputError(`legs[${i}].symbol`, `must be ${symbol} as in the first leg, got ${String(contract.symbol)}`);
    if ((contract.currency ?? 'USD') !== currency)
      throw new InputError(`legs[${i}].currency`, `must be ${currency} as in the first leg`);
    return { conId: contract.conId, ratio, action, exchange };
  });
  return combo(symbol, comboLegs, { exchange, currency });
}

/** What names one option of a chain. */
export interface OptionName {
  readonly expiry: string;
  readonly strike: number;
  readonly right: Right;
  /** Needed where a chain lists several classes for one expiry (SPX and SPXW). */
  readonly tradingClass?: string;
}

const optionNames = namesOf<OptionName>({ expiry: true, strike: true, right: true, tradingClass: true });

/** The one option of a chain that is meant. Throws InputError when it is not there, or when several are. */
export function pick(chain: readonly ChainOption[], wanted: OptionName): ChainOption {
  refuseOthers(optionNames, wanted, 'wanted.');
  const { expiry, strike, right, tradingClass } = wanted;
  const found = chain.filter(
    (one) =>
      one.lastTradeDateOrContractMonth?.slice(0, 8) === expiry &&
      one.strike === strike &&
      one.right === right &&
      (tradingClass === undefined || one.tradingClass === tradingClass),
  );
  const [only, another] = found;
  const named = `${expiry} ${strike} ${right}`;
  if (only === undefined)
    throw new InputError('chain', `has no ${named}${tradingClass === undefined ? '' : ` of class ${tradingClass}`}`);
  if (another !== undefined) {
    const classes = [...new Set(found.map((one) => one.tradingClass ?? '?'))].join(', ');
    throw new InputError('tradingClass', `${named} stands ${found.length} times in the chain (${classes}): say which`);
  }
  return only;
}
