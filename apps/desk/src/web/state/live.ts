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

/** Above the owner's threshold in a live account, or where the value cannot be told in its currency. */
export const needsTyping = (
  mode: string | undefined,
  limits: Limits | undefined,
  value: string | undefined,
  currency: string | undefined,
): boolean =>
  mode === 'live' &&
  (limits === undefined || value === undefined || currency !== limits.currency || new Big(value).gt(limits.typedAbove));
