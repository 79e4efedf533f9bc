// What an order comes to, and whether it has to be sent with the account id typed: by the ticket and by an approval alike.

import Big from 'big.js';
import type { ContractOut } from '../../commands/schemas.js';
import type { Limits } from '../../settings.js';

export const isPrice = (text: string): boolean => /^(?!0+(\.0+)?$)\d+(\.\d+)?$/.test(text);

/** Quantity times price; undefined where one of them is not known. */
export function worthOf(
  contract: Pick<ContractOut, 'multiplier'> | undefined,
  quantity: string | undefined,
  price: string | undefined,
): string | undefined {
  if (quantity === undefined || price === undefined || !isPrice(price) || !isPrice(quantity)) return undefined;
  const told = contract?.multiplier ?? '';
  return new Big(price)
    .times(quantity)
    .times(isPrice(told) ? told : '1')
    .toFixed(2);
}

/** What is paid for when it is traded; of futures the commission alone, and of everything else it is not told here. */
const PAID: ReadonlySet<string> = new Set(['STK', 'OPT', 'WAR', 'FUND', 'CRYPTO', 'CASH']);
const MULTIPLIED: ReadonlySet<string> = new Set(['OPT', 'WAR']);
const MARGINED: ReadonlySet<string> = new Set(['FUT', 'CONTFUT']);

export interface Trade {
  readonly contract: Pick<ContractOut, 'secType' | 'multiplier' | 'currency'>;
  readonly side: 'BUY' | 'SELL';
  /** Quantity times price. */
  readonly value: string | undefined;
  readonly commission: {
    readonly amount?: string | undefined;
    readonly most?: string | undefined;
    readonly currency?: string | undefined;
  };
}

/** Cash in the currency of the instrument when all of an order has filled, its commission paid; undefined: not known. */
export function cashAfter(cash: string | undefined, { contract, side, value, commission }: Trade): string | undefined {
  const { secType, multiplier = '', currency } = contract;
  const isUncertain = MULTIPLIED.has(secType) && !isPrice(multiplier);
  const paid = PAID.has(secType) && !isUncertain ? value : MARGINED.has(secType) ? '0' : undefined;
  const fee = commission.most ?? commission.amount;
  if (cash === undefined || paid === undefined || fee === undefined || commission.currency === undefined) return undefined;
  const after = side === 'BUY' ? new Big(cash).minus(paid) : new Big(cash).plus(paid);
  return (commission.currency === currency ? after.minus(fee) : after).toFixed();
}

/** Above the owner's threshold in a live account, or where the value cannot be told in its currency. */
export const needsTyping = (
  mode: string | undefined,
  limits: Limits | undefined,
  value: string | undefined,
  currency: string | undefined,
): boolean =>
  mode === 'live' &&
  (limits === undefined || value === undefined || currency !== limits.currency || new Big(value).gt(limits.typedAbove));
