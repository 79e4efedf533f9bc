// What a case ends in.

/** Undefined: passed. A skip names a fact of the vector. */
export type Verdict = { readonly fail: string } | { readonly skip: string } | undefined;

export interface Case {
  readonly name: string;
  readonly check: () => Verdict;
}

export interface Tally {
  readonly passed: number;
  readonly failed: readonly { readonly name: string; readonly why: string }[];
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
}

export const fail = (why: string): Verdict => ({ fail: why });
export const skip = (why: string): Verdict => ({ skip: why });

/** Runs cases one after the other; what throws has failed. */
export function tally(cases: readonly Case[]): Tally {
  let passed = 0;
  const failed: { name: string; why: string }[] = [];
  const skipped: { name: string; why: string }[] = [];
  for (const { name, check } of cases) {
    let verdict: Verdict;
    try {
      verdict = check();
    } catch (error) {
      verdict = fail(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    }
    if (verdict === undefined) passed++;
    else if ('fail' in verdict) failed.push({ name, why: verdict.fail });
    else skipped.push({ name, why: verdict.skip });
  }
  return { passed, failed, skipped };
}
