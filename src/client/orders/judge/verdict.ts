// What a judgement says: the findings, and whether the order could be judged at all on what has been told.
import type { Finding } from '../../../rules/finding.js';
import type { OrderFacts } from '../../../rules/types.js';
import { RuleError } from '../order-errors.js';

/** `isWhole`: the whole rule book has spoken, with the rows that judge an order alone. */
interface Spoken {
  readonly findings: readonly Finding[];
  readonly isWhole?: true;
}

/** `untold`: nothing speaks against the orders but that something is not told yet; judge again when `told` resolves. */
export type Verdict =
  | (Spoken & { readonly at: 'judged' })
  | (Spoken & { readonly at: 'untold'; readonly told: () => Promise<void> });

/** Judges orders that leave together for the accounts they trade in. */
export type AccountJudge = (orders: readonly OrderFacts[]) => Verdict;

/** Refused as things stand, and may pass once more is told. */
export class UntoldError extends RuleError {
  /** Asks for what is missing; resolves when it is time to judge again. */
  readonly told: () => Promise<void>;

  /** Writes the refusal down, where nobody waits any longer. */
  readonly refuse: () => void;

  constructor(findings: readonly Finding[], told: () => Promise<void>, refuse: () => void) {
    super(findings);
    this.told = told;
    this.refuse = refuse;
  }
}

export const judged = (findings: readonly Finding[]): Verdict => ({ at: 'judged', findings });

/** One verdict of several: a refusal is one at once, otherwise all of them have to be told. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const [only, another] = verdicts;
  if (only !== undefined && another === undefined) return only;
  const findings = verdicts.flatMap((verdict) => verdict.findings);
  const untold = verdicts.filter((verdict) => verdict.at === 'untold');
  const isRefused = verdicts.some((one) => one.at === 'judged' && one.findings.some(({ severity }) => severity === 'reject'));
  if (untold.length === 0 || isRefused) return judged(findings);
  return { at: 'untold', findings, told: () => Promise.all(untold.map(({ told }) => told())).then(() => {}) };
}
