// An order as it is written on the command line: `buy 100 AAPL --limit 187.50`.

import type { Command } from 'commander';
import type { Ib } from '../../client/connect.js';
import { formatSymbol } from '../../client/contracts/format-symbol.js';
import type { QualifiedContract } from '../../client/contracts/qualify.js';
import type { Call } from '../../client/core.js';
import { cash, type Size } from '../../client/orders/builders/assemble.js';
import { limit, market, stop, stopLimit } from '../../client/orders/builders/basic.js';
import { trail } from '../../client/orders/builders/trailing.js';
import type { OrderDraft } from '../../client/orders/draft.js';
import { visibleText } from '../../protocol/visible-text.js';
import { contractOf } from '../contract-argument.js';
import { CliError, EXIT } from '../exit-codes.js';
import { accountOption, decimalText, type GatewayOptions, oneOf, positive, whole, withGatewayOptions } from '../options.js';
import { oneAccountOf } from '../session/accounts-of.js';

export interface TicketOptions extends GatewayOptions {
  readonly limit?: string;
  readonly stop?: string;
  readonly trail?: string;
  readonly trailPercent?: string;
  readonly tif: 'DAY' | 'GTC' | 'IOC' | 'FOK';
  readonly outsideRth?: boolean;
  readonly account?: string;
  readonly ref?: string;
  readonly money?: boolean;
  readonly kind?: string;
  readonly maxQuantity?: number;
  readonly collar?: number;
}

/** What is to be done, for whom, with what. */
export interface Ticket {
  readonly contract: QualifiedContract;
  readonly draft: OrderDraft;
  readonly account: string;
  /** How it is financed, where that was said. */
  readonly kind: string | undefined;
  /** In one line, as people say it. */
  readonly text: string;
}

export const KINDS = ['cash', 'reg-t', 'portfolio-margin', 'ira-cash', 'ira-margin'] as const;

/** Arguments and options of `order preview` and `order place`. */
export function withTicket(command: Command): Command {
  return withGatewayOptions(
    command
      .argument('<action>', 'buy or sell', oneOf('BUY', 'SELL'))
      .argument('<quantity>', 'how many; with --money how much', decimalText)
      .argument('<symbol>', 'such as AAPL, EUR.USD or OPT:AAPL:20261218:190:C'),
  )
    .option('--limit <price>', 'at this price or better; without any price a market order', decimalText)
    .option('--stop <price>', 'once this price trades', decimalText)
    .option('--trail <amount>', 'stop that follows the price at this distance', decimalText)
    .option('--trail-percent <percent>', 'the same in percent', decimalText)
    .option('--tif <tif>', 'DAY, GTC, IOC, FOK', oneOf('DAY', 'GTC', 'IOC', 'FOK'), 'DAY')
    .option('--outside-rth', 'outside regular trading hours too')
    .option('--money', 'the quantity is an amount of money in the currency of the contract')
    .addOption(accountOption('needed where the login has several'))
    .option('--ref <text>', 'your own tag on the order')
    .option(
      '--kind <kind>',
      `how the account is financed: ${KINDS.join(', ')}; unset: as the buying power shows, else the stricter side`,
      oneOf(...KINDS),
    )
    .option(
      '--max-quantity <quantity>',
      'cap of the rules on the quantity; unset: 1000 shares, 50 options, 10 futures',
      whole(1, 100_000_000),
    )
    .option('--collar <percent>', 'how far the price may be from the market; unset: 10', positive);
}

/** Finds the instrument and makes the order. @throws {CliError} usage. @throws {InputError} {AmbiguousContractError} {UnknownContractError}. */
export async function ticketOf(
  ib: Ib,
  [action, quantity, word]: readonly [action: 'BUY' | 'SELL', quantity: string, word: string],
  options: TicketOptions,
  call: Call,
): Promise<Ticket> {
  const account = oneAccountOf(ib, options.account);
  const size = options.money === true ? cash(quantity) : quantity;
  const draft = draftOf(action, size, options);
  const contract = await ib.contracts.qualify(contractOf(word), call);
  return {
    contract,
    draft,
    account,
    kind: options.kind,
    text: `${textOf(draft, formatSymbol(contract), contract.currency)}, ${visibleText(account)}`,
  };
}

function draftOf(action: 'BUY' | 'SELL', size: Size, options: TicketOptions): OrderDraft {
  const { limit: lmtPrice, stop: stopPrice, trail: amount, trailPercent: percent, tif, ref } = options;
  const trails = amount !== undefined || percent !== undefined;
  if (trails && (lmtPrice !== undefined || stopPrice !== undefined))
    throw new CliError(EXIT.usage, 'A trailing stop takes neither --limit nor --stop.');
  if (options.outsideRth === true && lmtPrice === undefined)
    throw new CliError(EXIT.usage, 'Outside regular trading hours an order needs a --limit.');
  if (amount !== undefined && percent !== undefined)
    throw new CliError(EXIT.usage, 'Either --trail or --trail-percent, not both.');
  const lifetime = { tif, ...(ref === undefined ? {} : { orderRef: ref }) };
  const rest = { ...lifetime, ...(options.outsideRth === true ? { outsideRth: true } : {}) };
  if (trails) return trail(action, size, percent === undefined ? { amount: amount ?? '' } : { percent }, lifetime);
  if (lmtPrice !== undefined && stopPrice !== undefined) return stopLimit(action, size, stopPrice, lmtPrice, rest);
  if (lmtPrice !== undefined) return limit(action, size, lmtPrice, rest);
  if (stopPrice !== undefined) return stop(action, size, stopPrice, lifetime);
  return market(action, size, lifetime);
}

/** `BUY 100 AAPL, limit 187.50 USD, DAY`. */
export function textOf(draft: Partial<OrderDraft>, name: string, currency: string | undefined): string {
  const { action, totalQuantity, cashQty, orderType, lmtPrice, auxPrice, trailingPercent, tif } = draft;
  const size = cashQty !== undefined && cashQty > 0 ? `${cashQty} ${currency ?? ''} of` : `${totalQuantity ?? ''}`;
  const price = [
    orderType === 'MKT' ? 'at market' : undefined,
    auxPrice === undefined ? undefined : orderType?.startsWith('TRAIL') ? `trailing by ${auxPrice}` : `stop ${auxPrice}`,
    trailingPercent === undefined ? undefined : `trailing by ${trailingPercent} %`,
    lmtPrice === undefined ? undefined : `limit ${lmtPrice} ${currency ?? ''}`.trimEnd(),
  ].filter((part) => part !== undefined);
  const parts = [`${action ?? ''} ${size} ${name}`, price.length === 0 ? orderType : price.join(', '), tif];
  return visibleText(parts.filter((part) => part !== undefined).join(', '));
}
