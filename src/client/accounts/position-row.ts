// One holding as people see it, and its key.

import type Big from 'big.js';
import type { Keyed } from '../../input/keyed.js';
import type { MessageOf } from '../../protocol/registry.js';

/** The contract of a holding as the gateway names it. It has no exchange: name one before it is traded. */
export type HeldContract = NonNullable<MessageOf<'position'>['contract']>;

/** One holding of one account. */
export interface AccountPosition {
  readonly account: string;
  /** Model portfolio; undefined when there is none. */
  readonly modelCode: string | undefined;
  readonly contract: HeldContract;
  /** Signed. 0: closed today, or gone. */
  readonly position: Big;
  /** Cost of one unit, with the multiplier in it for derivatives. */
  readonly avgCost: Big | undefined;
}

/** Holdings by `positionKey`; it changes as messages come. */
export type PositionsView = Keyed<string, AccountPosition>;

type Instrument = Partial<Pick<AccountPosition['contract'], 'conId' | 'localSymbol' | 'symbol' | 'secType'>>;

/**
 * The key of a holding in `view`: account, model and instrument. The instrument is its conId, or its symbols where that is
 * missing.
 */
export function positionKey(
  position: Pick<AccountPosition, 'account' | 'modelCode'> & { readonly contract: Instrument },
): string {
  const { conId, localSymbol, symbol, secType } = position.contract;
  const instrument = conId !== undefined && conId !== 0 ? `${conId}` : `${secType ?? ''} ${localSymbol ?? symbol ?? ''}`;
  return `${position.account}|${position.modelCode ?? ''}|${instrument}`;
}
