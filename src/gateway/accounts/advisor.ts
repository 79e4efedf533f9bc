/** How an advisor's order is shared among accounts, and how each fill is dealt out so that the shares come true. */

import { floorToStep, lesser, type Quantity, quantityNumber, quantityOfSize } from './amount.js';
import { magnitude } from './position.js';

export const allocationMethods = [
  'Equal',
  'NetLiq',
  'AvailableEquity',
  'Ratio',
  'Percent',
  'ContractsOrShares',
  'MonetaryAmount',
  'PctChange',
] as const;
/** How an order is shared out, by the gateway's own word. */
export type AllocationMethod = (typeof allocationMethods)[number];

/** An account of an advisor's group, with its share where the method has one. */
export interface GroupMember {
  readonly account: string;
  /** Ratio, percent, number of shares or money, as the method says; unset where the method needs none. */
  readonly amount?: number;
}

/** A group of an advisor's accounts, and how an order is shared out among them. */
export interface AdvisorGroup {
  readonly name: string;
  readonly defaultMethod: AllocationMethod;
  readonly members: readonly GroupMember[];
}

/** One account's part of an order. */
export interface Share {
  readonly account: string;
  readonly quantity: Quantity;
}

/** What the methods may ask about a member. */
export interface MemberFigures {
  netLiquidation(account: string): number;
  availableFunds(account: string): number;
  held(account: string): Quantity;
  readonly price: number;
  readonly pointValue: number;
}

/** Shares of an order, whole steps that add up to the total; undefined when the amounts contradict the total (code 144). */
export function allocate(
  total: Quantity,
  step: Quantity,
  method: AllocationMethod,
  members: readonly GroupMember[],
  figures: MemberFigures,
  percent: number | undefined,
): readonly Share[] | undefined {
  switch (method) {
    case 'ContractsOrShares': {
      const shares = members.map(({ account, amount }) => ({ account, quantity: quantityOfSize(amount ?? 0) }));
      return shares.reduce((sum, share) => sum + share.quantity, 0n) === total ? nonEmpty(shares) : undefined;
    }
    case 'MonetaryAmount': {
      const unit = figures.price * figures.pointValue;
      if (!(unit > 0)) return undefined;
      return nonEmpty(
        members.map(({ account, amount }) => ({ account, quantity: floorToStep(quantityOfSize((amount ?? 0) / unit), step) })),
      );
    }
    case 'PctChange': {
      const share = Math.abs(percent ?? 0) / 100;
      return nonEmpty(
        members.map(({ account }) => ({
          account,
          quantity: floorToStep(quantityOfSize(quantityNumber(magnitude(figures.held(account))) * share), step),
        })),
      );
    }
    default:
      return divide(
        total,
        step,
        members,
        members.map((member) => weight(method, member, figures)),
      );
  }
}

function weight(
  method: 'Equal' | 'NetLiq' | 'AvailableEquity' | 'Ratio' | 'Percent',
  member: GroupMember,
  figures: MemberFigures,
): number {
  switch (method) {
    case 'Equal':
      return 1;
    case 'NetLiq':
      return Math.max(0, figures.netLiquidation(member.account));
    case 'AvailableEquity':
      return Math.max(0, figures.availableFunds(member.account));
    case 'Ratio':
    case 'Percent':
      return Math.max(0, member.amount ?? 0);
  }
}

/** Largest remainders; ties go to the member named first. */
function divide(
  total: Quantity,
  step: Quantity,
  members: readonly GroupMember[],
  weights: readonly number[],
): readonly Share[] | undefined {
  const scaled = weights.map((one) => BigInt(Math.round(one * 1e6)));
  const sum = scaled.reduce((all, one) => all + one, 0n);
  if (sum <= 0n) return undefined;
  const shares = members.map(({ account }, i) => {
    const exact = total * (scaled[i] as bigint);
    const quantity = floorToStep(exact / sum, step);
    return { account, quantity, remainder: exact - quantity * sum };
  });
  let left = total - shares.reduce((all, share) => all + share.quantity, 0n);
  for (const share of [...shares].sort((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : 0))) {
    if (left <= 0n) break;
    const more = lesser(left, step);
    share.quantity += more;
    left -= more;
  }
  return nonEmpty(shares.map(({ account, quantity }) => ({ account, quantity })));
}

function nonEmpty(shares: readonly Share[]): readonly Share[] {
  return shares.filter((share) => share.quantity > 0n);
}

/** Deals a fill out: nobody gets more than their share, whoever is furthest behind comes first, the parts add up to the fill. */
export function dealOut(
  fill: Quantity,
  step: Quantity,
  targets: readonly Share[],
  given: readonly Quantity[],
): readonly Quantity[] {
  const total = targets.reduce((sum, share) => sum + share.quantity, 0n);
  const sofar = given.reduce((sum, one) => sum + one, 0n) + fill;
  const parts = targets.map((share, i) => {
    const open = share.quantity - (given[i] ?? 0n);
    const due = total > 0n ? (share.quantity * sofar) / total - (given[i] ?? 0n) : 0n;
    return {
      i,
      open,
      part: floorToStep(due < 0n ? 0n : due > open ? open : due, step),
      due: share.quantity * sofar - (given[i] ?? 0n) * total,
    };
  });
  let left = fill - parts.reduce((sum, { part }) => sum + part, 0n);
  const byNeed = [...parts].sort((a, b) => (a.due > b.due ? -1 : a.due < b.due ? 1 : a.i - b.i));
  for (const line of left < 0n ? [...byNeed].reverse() : []) {
    const back = lesser(line.part, -left);
    line.part -= back;
    left += back;
    if (left === 0n) break;
  }
  while (left > 0n) {
    const before = left;
    for (const line of byNeed) {
      const room = line.open - line.part;
      const more = [room, left, step].reduce((a, b) => (b < a ? b : a));
      if (more <= 0n) continue;
      line.part += more;
      left -= more;
      if (left === 0n) break;
    }
    if (left === before) break;
  }
  return parts.map(({ part }) => part);
}
