// Readings together: overlapping files count once, an account that comes by two ways counts once, by the owner's word.

import type { AccountKey, AccountSummary, Balance, Position, Reading, Transaction } from './model.js';

export interface Portfolio {
  readonly accounts: readonly AccountSummary[];
  readonly positions: readonly Position[];
  readonly balances: readonly Balance[];
  readonly transactions: readonly Transaction[];
  /** Transactions that stood in several files, counted once. */
  readonly duplicates: number;
  readonly unknownCodes: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

/** The owner's word that one account is another: `robinhood:XXXX-1` → `robinhood:12345`. Nothing is guessed. */
export type SameAccount = Readonly<Record<string, string>>;

export function keyOf({ broker, number }: AccountKey): string {
  return `${broker}:${number}`;
}

/** `####2641` and `XXXX-1234` are no identity. */
export function isMasked(number: string): boolean {
  return /^[#*xX.•-]{2,}/.test(number) || number === 'unnamed';
}

function contentOf(one: Transaction): string {
  if (one.id !== undefined) return `${keyOf(one.account)}|${one.kind}|${one.id}`;
  return JSON.stringify([
    keyOf(one.account),
    Object.entries(one.raw)
      .filter(([, cell]) => cell !== '')
      .sort(),
  ]);
}

function times(transactions: readonly Transaction[]): Map<string, Transaction[]> {
  const groups = new Map<string, Transaction[]>();
  for (const one of transactions) {
    const key = contentOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/** Two equal rows in one file are two fills; the same two rows in the next file are still two. */
function withoutOverlap(readings: readonly (readonly Transaction[])[]): { kept: Transaction[]; duplicates: number } {
  const kept = new Map<string, Transaction[]>();
  let duplicates = 0;
  for (const transactions of readings)
    for (const [key, group] of times(transactions)) {
      const before = kept.get(key) ?? [];
      const more = group.slice(before.length);
      duplicates += group.length - more.length;
      kept.set(key, [...before, ...more]);
    }
  return { kept: [...kept.values()].flat(), duplicates };
}

interface Held {
  readonly account: AccountKey;
  readonly asOf?: string;
  readonly source: string;
}

/** Of holdings of one account from several sources only one source counts: the newest that says its time, else the first. */
function fromOneSource<T extends Held>(records: readonly T[]): { kept: readonly T[]; dropped: ReadonlySet<string> } {
  const chosen = new Map<string, { source: string; asOf: string }>();
  for (const { account, asOf = '', source } of records) {
    const before = chosen.get(keyOf(account));
    if (before === undefined || asOf > before.asOf) chosen.set(keyOf(account), { source, asOf });
  }
  const dropped = new Set<string>();
  const kept = records.filter(({ account, source }) => {
    const isChosen = chosen.get(keyOf(account))!.source === source;
    if (!isChosen) dropped.add(source);
    return isChosen;
  });
  return { kept, dropped };
}

export function merge(readings: readonly Reading[], same: SameAccount = {}): Portfolio {
  const rename = <T extends { account: AccountKey }>(one: T): T => {
    const target = same[keyOf(one.account)];
    if (target === undefined) return one;
    const [broker, ...number] = target.split(':');
    return { ...one, account: { broker: broker!, number: number.join(':') } };
  };
  const { kept, duplicates } = withoutOverlap(readings.map(({ transactions }) => transactions.map(rename)));
  const positions = fromOneSource(readings.flatMap((reading) => reading.positions.map(rename)));
  const balances = fromOneSource(readings.flatMap((reading) => reading.balances.map(rename)));
  const unknownCodes: Record<string, number> = {};
  for (const reading of readings)
    for (const [code, count] of Object.entries(reading.unknownCodes)) unknownCodes[code] = (unknownCodes[code] ?? 0) + count;
  const holders = new Set([...positions.kept, ...balances.kept, ...kept].map(({ account }) => keyOf(account)));
  const notes = [
    ...readings.flatMap((reading) => reading.notes),
    ...readings
      .filter(({ end }) => end === 'unproven')
      .map(({ source }) => `${source}: the form has no end mark; a cut file would not show`),
    ...[...new Set([...positions.dropped, ...balances.dropped])].map(
      (source) => `${source}: holdings of an account another source tells too are left out`,
    ),
    ...[...holders]
      .filter((key) => isMasked(key.slice(key.indexOf(':') + 1)))
      .map((key) => `${key} is no identity: give the account's number`),
  ];
  return {
    accounts: readings.flatMap((reading) => reading.accounts.map(rename)),
    positions: positions.kept,
    balances: balances.kept,
    transactions: kept,
    duplicates,
    unknownCodes,
    notes,
  };
}
