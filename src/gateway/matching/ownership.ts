/** Whose money an order moves: one account, or an advisor's group with the share of each member. */
import { accountOf } from '../accounts/account-book.js';
import { figuresOf } from '../accounts/account-values.js';
import type { Refusal } from '../accounts/admission.js';
import { type AllocationMethod, allocate, allocationMethods, type Share } from '../accounts/advisor.js';
import type { Quantity } from '../accounts/amount.js';
import { valuate } from '../accounts/valuation.js';
import type { Instrument } from '../world/instrument.js';
import { bookOf, type EngineState } from './engine-state.js';
import { lotOf } from './lots.js';
import { refusals } from './refusals.js';
import type { SimOrder } from './sim-order.js';

export interface Ownership {
  readonly account: string;
  readonly shares: readonly Share[] | undefined;
  readonly total: Quantity;
}

function isMethod(text: string): text is AllocationMethod {
  return allocationMethods.some((method) => method === text);
}

/** The account of an order, or its shares; the total can follow from the method. */
export function ownershipOf(state: EngineState, instrument: Instrument, order: SimOrder, total: Quantity): Ownership | Refusal {
  const { accounts } = state.setup;
  // An advisor's order names an account or a group: gateways reject both at once with this text.
  if (order.faGroup && order.account) return refusals.rejected('Invalid account number');
  if (order.faGroup) return shared(state, instrument, order, total);
  if (order.account) {
    if (!accounts.accounts.has(order.account)) return refusals.invalid('Invalid account code was entered');
    if (accounts.groups.size > 0 && accountOf(accounts, order.account).kind === 'advisor') return refusals.noAllocation;
    return { account: order.account, shares: undefined, total };
  }
  const [only, other] = accounts.accounts.keys();
  if (only === undefined || other !== undefined) return accounts.groups.size > 0 ? refusals.noAllocation : refusals.noAccount;
  return { account: only, shares: undefined, total };
}

function shared(state: EngineState, instrument: Instrument, order: SimOrder, total: Quantity): Ownership | Refusal {
  const { accounts } = state.setup;
  const group = accounts.groups.get(order.faGroup ?? '');
  if (!group) return { code: 332, text: 'The account codes for the order profile are invalid.' };
  const method = order.faMethod || group.defaultMethod;
  if (!isMethod(method)) return refusals.invalid('Invalid allocation method was entered');
  const { quote } = bookOf(state, instrument);
  const figures = (account: string) => {
    const found = accountOf(accounts, account);
    return figuresOf(found, valuate(found, accounts.prices));
  };
  const step = lotOf(instrument, total);
  const percent = order.faPercentage ? Number(order.faPercentage) : undefined;
  const shares = allocate(
    total,
    step,
    method,
    group.members,
    {
      netLiquidation: (account) => figures(account)['NetLiquidation'] ?? 0,
      availableFunds: (account) => figures(account)['AvailableFunds'] ?? 0,
      held: (account) => accountOf(accounts, account).positions.get(instrument.conId)?.quantity ?? 0n,
      price: order.lmtPrice ?? quote.last,
      pointValue: instrument.multiplier / instrument.priceMagnifier,
    },
    percent,
  );
  if (!shares || shares.length === 0) return refusals.shareAllocation;
  const sum = shares.reduce((all, share) => all + share.quantity, 0n);
  const advisor = [...accounts.accounts.values()].find((account) => account.kind === 'advisor');
  return { account: advisor?.account || (shares[0]?.account ?? ''), shares, total: sum };
}
