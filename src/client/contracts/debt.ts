// Builders of bonds and bills, named by one identifier.

import { InputError } from '../input/input-error.js';
import type { ContractDraft, ContractOf, SecIdType } from './draft.js';
import * as field from './fields.js';
import { type Where, where } from './where.js';

/** How a bond is named: by one identifier, or by its contract id. */
export type BondName =
  | { readonly isin: string }
  | { readonly cusip: string }
  | { readonly sedol: string }
  | { readonly conId: number }
  | { readonly symbol: string };

function debt<T extends 'BOND' | 'BILL'>(secType: T, named: BondName, at: Where): ContractOf<T, 'exchange' | 'currency'> {
  return { secType, ...bondName(named), exchange: 'SMART', currency: 'USD', ...where(at) };
}

function bondName(named: BondName): Partial<Omit<ContractDraft, 'secType'>> {
  const keys = typeof named === 'object' && named !== null ? Object.keys(named) : [];
  if (keys.length !== 1) throw new InputError('bond', 'needs exactly one of isin, cusip, sedol, conId, symbol');
  if ('isin' in named) return identified('ISIN', named.isin);
  if ('cusip' in named) return identified('CUSIP', named.cusip);
  if ('sedol' in named) return identified('SEDOL', named.sedol);
  if ('conId' in named) return { conId: field.conId('conId', named.conId) };
  return { symbol: field.name('symbol', named.symbol) };
}

function identified(secIdType: SecIdType, id: string): Partial<Omit<ContractDraft, 'secType'>> {
  return { secIdType, secId: field.secId(secIdType, id) };
}

/** A bond by ISIN, CUSIP, SEDOL, contract id or symbol. Defaults: SMART, USD. */
export function bond(named: BondName, at: Where = {}): ContractOf<'BOND', 'exchange' | 'currency'> {
  return debt('BOND', named, at);
}

/** A treasury bill, named as a bond is. */
export function bill(named: BondName, at: Where = {}): ContractOf<'BILL', 'exchange' | 'currency'> {
  return debt('BILL', named, at);
}
