// Runs a case file of the rule book's shape against the rules and reports every difference.
import { check } from '../../src/rules/check.js';
import { type DayTradeInput, dayTrades } from '../../src/rules/day-trades.js';
import { decisionOf, type Finding } from '../../src/rules/finding.js';
import { type IntradayMarginInput, intradayMargin } from '../../src/rules/intraday-margin.js';
import { type RebalanceInput, rebalance } from '../../src/rules/plans/rebalance.js';
import { type SizeInput, sizePosition } from '../../src/rules/plans/size-position.js';
import { isRecord, type Json, list, ordersOf, policyOf, record, situationOf, text } from './case-input.js';

export interface CaseReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly name: string; readonly difference: string }[];
}

const named = (findings: readonly Finding[]): string =>
  findings.map((found) => `${found.code}:${found.severity}`).join(' ') || 'nothing';

/** The difference between what a case expects and what `check` finds; undefined when there is none. */
export function orderDifference(given: Json, findings: readonly Finding[]): string | undefined {
  const expected = text(given['expected']) ?? '';
  const code = text(given['code']);
  const decision = decisionOf(findings);
  if (decision !== expected) return `expected ${expected} ${code ?? ''}, got ${decision}: ${named(findings)}`;
  if (code === undefined || findings.some((found) => found.code === code && found.severity === expected)) return undefined;
  return `expected ${code} as ${expected}, got ${named(findings)}`;
}

/** The policy of one case: its own values over those of the file. */
export function casePolicy(file: Json, given: Json): Json {
  const [base, own] = [record(file['policyDefaults']), record(given['policy'])];
  return { ...base, ...own, maxQuantity: { ...record(base['maxQuantity']), ...record(own['maxQuantity']) } };
}

function judgeOrder(given: Json, file: Json): string | undefined {
  return orderDifference(given, check(ordersOf(given), situationOf(given), policyOf(casePolicy(file, given))));
}

const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(record(value)).map(([key, one]) => [key, text(one) ?? '']));

function judgeSize(given: Json): unknown {
  const input = record(given['input']);
  return sizePosition({
    kind: input['accountKind'],
    side: input['side'],
    equity: text(input['equity']),
    entry: text(input['entry']),
    stop: text(input['stop']),
    riskFraction: text(input['riskPct'] ?? input['riskFraction']),
    riskAmount: text(input['riskAmount']),
    cash: text(input['cash']),
    availableFunds: text(input['availableFunds']),
    lot: text(input['lot']),
    multiplier: text(input['multiplier']),
    maxQuantity: text(input['maxQuantity']),
    feeReserve: text(input['feeReserve']),
    feePerUnit: text(input['feePerUnit']),
    initRate: text(input['initRate'] ?? input['marginRate']),
  } as SizeInput);
}

function judgePlan(given: Json): unknown {
  const input = record(given['input'] ?? given);
  const plan = rebalance({
    accounts: list(input['accounts']).map((account) => ({
      account: text(account['id']),
      kind: account['kind'],
      netAssetValue: text(account['nav']),
      spendableCash: text(account['cash']),
      positions: texts(account['positions']),
      targets: texts(account['targets']),
    })),
    prices: texts(input['prices']),
    lots: texts(input['lots']),
    minTradeValue: text(input['minTradeValue']),
    feeReserve: text(input['feeReserve']),
  } as RebalanceInput);
  if ('error' in plan) return plan;
  const worded = <T extends { readonly quantity: string }>({ quantity, ...rest }: T) => ({ ...rest, qty: quantity });
  return { sells: plan.sells.map(worded), buys: plan.buys.map(worded) };
}

function judgeDayTrades(given: Json): unknown {
  const input = record(given['input']);
  return dayTrades({
    asOf: text(input['asOf']),
    kind: input['accountKind'],
    netLiquidation: text(input['equity']),
    holidays: Array.isArray(input['holidays']) ? input['holidays'].map(String) : [],
    startPositions: texts(input['startPositions']),
    regime: input['regime'],
    dayTradesRemaining: input['dayTradesRemaining'],
    sixPercentException: input['sixPercentException'],
    fills: list(input['fills']).map((fill) => ({
      time: text(fill['time']),
      contract: text(fill['contract']),
      side: text(fill['side']),
      quantity: text(fill['qty']),
      orderId: text(fill['orderId']),
    })),
  } as DayTradeInput);
}

function judgeIntraday(given: Json): unknown {
  const input = record(given['input']);
  return intradayMargin({
    kind: input['accountKind'],
    netLiquidation: text(input['equity']),
    date: text(input['date']),
    holidays: Array.isArray(input['holidays']) ? input['holidays'].map(String) : [],
    events: list(input['events']).map((event) => ({
      time: text(event['time']),
      levelAfter: text(event['imlAfter']),
      reducing: typeof event['reducing'] === 'boolean' ? event['reducing'] : undefined,
    })),
  } as IntradayMarginInput);
}

/** Text of a value with sorted keys, so that the order of keys does not matter. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'undefined';
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${key}:${canonical(value[key])}`).join(',')}}`;
}

/** Every field that is expected must be there and equal; an error that is not expected is a difference. */
function resultDifference(given: Json, result: unknown): string | undefined {
  const expected = record(given['expected']);
  const got = record(result);
  const keys = new Set([...Object.keys(expected), ...(got['error'] === undefined ? [] : ['error'])]);
  const wrong = [...keys].filter((key) => canonical(expected[key]) !== canonical(got[key]));
  if (wrong.length === 0) return undefined;
  return wrong.map((key) => `${key}: expected ${canonical(expected[key])}, got ${canonical(got[key])}`).join('; ');
}

const judges: Readonly<Record<string, (given: Json, file: Json) => string | undefined>> = {
  cases: judgeOrder,
  sizing: (given) => resultDifference(given, judgeSize(given)),
  rebalance: (given) => resultDifference(given, judgePlan(given)),
  pdt: (given) => resultDifference(given, judgeDayTrades(given)),
  intradayMargin: (given) => resultDifference(given, judgeIntraday(given)),
};

/** Lists of a case file that hold no cases. */
const NOT_CASES = new Set(['accountKinds']);

/**
 * Runs a parsed case file. Every section is run; a list in a section that this runner does not know counts as skipped, and a case
 * that throws as failed.
 */
export function runCases(file: unknown): CaseReport {
  const whole = record(file);
  const failures: { name: string; difference: string }[] = [];
  let passed = 0;
  let skipped = 0;
  for (const [section, value] of Object.entries(whole)) {
    if (!Array.isArray(value) || NOT_CASES.has(section)) continue;
    const judge = judges[section];
    if (judge === undefined) {
      skipped += value.length;
      continue;
    }
    for (const [place, given] of list(value).entries()) {
      const name = text(given['id']) ?? `${section} ${place + 1}`;
      let difference: string | undefined;
      try {
        difference = judge(given, whole);
      } catch (error) {
        difference = `threw ${error instanceof Error ? error.message : String(error)}`;
      }
      if (difference === undefined) passed++;
      else failures.push({ name, difference });
    }
  }
  return { passed, failed: failures.length, skipped, failures };
}
