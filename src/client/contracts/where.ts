// What every contract builder takes besides its own arguments, and how it is checked.

import { hint } from '../../input/checks.js';
import { shown } from '../../input/shown.js';
import { InputError } from '../input/input-error.js';
import type { ContractDraft } from './draft.js';
import * as field from './fields.js';

/** What every builder takes besides its own arguments. Absent: the builder's default, or not given at all. */
export interface Where {
  readonly exchange?: string;
  readonly currency?: string;
  readonly primaryExchange?: string;
  readonly conId?: number;
  readonly localSymbol?: string;
  readonly tradingClass?: string;
  readonly issuerId?: string;
  readonly includeExpired?: boolean;
}
/** Where a derivative trades, and its multiplier. */
export interface DerivativeWhere extends Where {
  readonly multiplier?: number | string;
}

const WHERE = {
  exchange: field.name,
  currency: field.currency,
  primaryExchange: field.name,
  conId: field.conId,
  localSymbol: field.name,
  tradingClass: field.name,
  issuerId: field.name,
  includeExpired: (at: string, value: boolean): boolean => {
    if (typeof value !== 'boolean') throw new InputError(at, `must be true or false, got ${shown(value)}`);
    return value;
  },
  multiplier: field.multiplier,
} satisfies { readonly [K in keyof DerivativeWhere]: (at: string, value: never) => unknown };

/** The checked fields of `given`. Throws InputError for a field that no contract has. */
export function where(given: DerivativeWhere): Partial<Omit<ContractDraft, 'secType'>> {
  if (typeof given !== 'object' || given === null) throw new InputError('where', `must be an object, got ${shown(given)}`);
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(WHERE, key))
      throw new InputError(key, `is not a field of a contract that can be given here${hint(key, Object.keys(WHERE))}`);
    const parse: (at: string, value: never) => unknown = WHERE[key as keyof typeof WHERE];
    out[key] = parse(key, value as never);
  }
  return out;
}
