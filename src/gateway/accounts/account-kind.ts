/** The kinds of account the simulated gateway keeps, and what each may do. */

export type AccountKind = 'individual-margin' | 'cash' | 'roth-ira-cash' | 'ira-margin' | 'business' | 'advisor';

/** How options may be short beyond shares and cash: not at all, in European-style spreads, in any spread, uncovered. */
export type OptionLevel = 'secured' | 'european-spreads' | 'spreads' | 'uncovered';

export interface KindFacts {
  /** Text of the tag `AccountType`. */
  readonly accountType: string;
  /** May run a debit balance against its holdings. */
  readonly borrows: boolean;
  readonly shortsStock: boolean;
  /** Only settled cash pays for a purchase. */
  readonly settledOnly: boolean;
  /** Holds its base currency only. */
  readonly oneCurrency: boolean;
  readonly options: OptionLevel;
  /** Futures margin is this many times the exchange's. */
  readonly futuresFactor: number;
  /** Buying power per unit of available funds. */
  readonly leverage: number;
}

const MARGIN = {
  borrows: true,
  shortsStock: true,
  settledOnly: false,
  oneCurrency: false,
  options: 'uncovered',
  futuresFactor: 1,
  leverage: 4,
} as const;

export const accountKinds: Readonly<Record<AccountKind, KindFacts>> = {
  'individual-margin': { accountType: 'INDIVIDUAL', ...MARGIN },
  business: { accountType: 'CORPORATION', ...MARGIN },
  advisor: { accountType: 'ADVISOR', ...MARGIN },
  cash: {
    accountType: 'INDIVIDUAL',
    borrows: false,
    shortsStock: false,
    settledOnly: true,
    oneCurrency: false,
    options: 'european-spreads',
    futuresFactor: 1,
    leverage: 1,
  },
  'roth-ira-cash': {
    accountType: 'IRA-ROTH NEW',
    borrows: false,
    shortsStock: false,
    settledOnly: true,
    oneCurrency: true,
    options: 'european-spreads',
    futuresFactor: 2,
    leverage: 1,
  },
  'ira-margin': {
    accountType: 'IRA-TRADITIONAL NEW',
    borrows: false,
    shortsStock: false,
    settledOnly: false,
    oneCurrency: false,
    options: 'spreads',
    futuresFactor: 2,
    leverage: 1,
  },
};
