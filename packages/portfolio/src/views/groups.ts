// Totals of a portfolio by account, instrument, broker, currency or class: exact, per currency, with what is unknown named.

import { sum } from '../decimal.js';
import { matchOf, nameOf, optionKey } from '../identity.js';
import { keyOf, type Portfolio } from '../merge.js';
import type { Balance, DecimalText, Position } from '../model.js';
import { worthOf } from './value.js';

export type ViewName = 'account' | 'instrument' | 'broker' | 'currency' | 'class';

export interface Line {
  readonly key: string;
  readonly currency: string;
  /** Sum of what is known; `unknown` says what is missing in it. */
  readonly value: DecimalText;
  /** Signed units; only where the lines are of one instrument and every one is told. */
  readonly quantity?: DecimalText;
  readonly positions: number;
  /** Holdings without a price: their value is not in the sum. */
  readonly unknown: readonly string[];
  /** How sure it is that the lines are one instrument; the weakest match counts. */
  readonly matchedBy?: string;
}

interface Piece {
  readonly key: string;
  readonly currency: string;
  readonly value: DecimalText | undefined;
  readonly position?: Position;
  readonly name: string;
}

/** Cash equivalents that the account's cash contains already. */
function isCounted(position: Position, balances: readonly Balance[]): boolean {
  return (
    position.isCashEquivalent &&
    balances.some(
      (one) =>
        one.includesCashEquivalents && one.currency === position.currency && keyOf(one.account) === keyOf(position.account),
    )
  );
}

/** Instruments as groups: each position joins the first group that one of its members matches. */
function instrumentGroups(positions: readonly Position[]): Map<Position, { key: string; matchedBy: string | undefined }> {
  const groups: { members: Position[]; key: string; matchedBy: string | undefined }[] = [];
  // strong names first, so that the order of the rows does not decide
  const strength = ({ instrument }: Position): number =>
    [instrument.conId, instrument.isin, instrument.cusip, instrument.figi, instrument.exchange].filter(
      (name) => name !== undefined,
    ).length;
  const sorted = [...positions].sort((a, b) => strength(b) - strength(a) || keyOf(a.account).localeCompare(keyOf(b.account)));
  for (const position of sorted) {
    let joined = false;
    for (const group of groups) {
      const matches = group.members.map((member) => matchOf(member.instrument, position.instrument));
      if (group.members[0]!.currency !== position.currency || matches.some(({ at }) => at === 'different')) continue;
      const match = matches.find((one) => one.at === 'same');
      if (match?.at !== 'same') continue;
      group.members.push(position);
      group.matchedBy =
        match.confidence === 'certain' ? (group.matchedBy ?? `certain (${match.by})`) : `${match.confidence} (${match.by})`;
      joined = true;
      break;
    }
    if (!joined)
      groups.push({
        members: [position],
        key: optionKey(position.instrument) ?? nameOf(position.instrument),
        matchedBy: undefined,
      });
  }
  const names = new Map<string, number>();
  return new Map(
    groups.flatMap(({ members, key, matchedBy }) => {
      const count = (names.get(`${key}|${members[0]!.currency}`) ?? 0) + 1;
      names.set(`${key}|${members[0]!.currency}`, count);
      return members.map((member) => [member, { key: count === 1 ? key : `${key} (${count})`, matchedBy }] as const);
    }),
  );
}

function classOf(position: Position): string {
  return position.isCashEquivalent ? 'cash' : position.instrument.class;
}

/** One view. The values of any view add up to the same per currency: `totals`. */
export function view(portfolio: Portfolio, by: ViewName): readonly Line[] {
  const counted = portfolio.positions.filter((position) => !isCounted(position, portfolio.balances));
  const groups = by === 'instrument' ? instrumentGroups(counted) : undefined;
  const keyFor = (record: Position | Balance): string => {
    const isPosition = 'instrument' in record;
    switch (by) {
      case 'account':
        return keyOf(record.account);
      case 'broker':
        return record.account.broker;
      case 'currency':
        return record.currency;
      case 'class':
        return isPosition ? classOf(record) : 'cash';
      case 'instrument':
        return isPosition ? groups!.get(record)!.key : 'cash';
    }
  };
  const pieces: Piece[] = [
    ...counted.map((position) => ({
      key: keyFor(position),
      currency: position.currency,
      value: worthOf(position),
      position,
      name: nameOf(position.instrument),
    })),
    ...portfolio.balances.map((balance) => ({
      key: keyFor(balance),
      currency: balance.currency,
      value: balance.cash,
      name: 'cash',
    })),
  ];
  const lines = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const key = JSON.stringify([piece.key, piece.currency]);
    lines.set(key, [...(lines.get(key) ?? []), piece]);
  }
  return [...lines.values()]
    .map((group): Line => {
      const { key, currency } = group[0]!;
      const held = group.flatMap(({ position }) => position ?? []);
      const quantities = held.flatMap(({ quantity }) => quantity ?? []);
      const matchedBy = held[0] === undefined ? undefined : groups?.get(held[0])?.matchedBy;
      const isOne = groups !== undefined && held.length === group.length && quantities.length === held.length;
      return {
        key,
        currency,
        value: sum(group.flatMap(({ value }) => value ?? [])),
        ...(isOne && { quantity: sum(quantities) }),
        positions: held.length,
        unknown: group.filter(({ value }) => value === undefined).map(({ name }) => name),
        ...(matchedBy !== undefined && { matchedBy }),
      };
    })
    .sort((a, b) => a.currency.localeCompare(b.currency) || a.key.localeCompare(b.key));
}

/** The whole, per currency. */
export function totals(portfolio: Portfolio): Readonly<Record<string, DecimalText>> {
  return Object.fromEntries(view(portfolio, 'currency').map(({ currency, value }) => [currency, value]));
}
