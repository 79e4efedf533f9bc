// Where an account stands under the legacy day-trade limit.
import { ONE, readDecimal, writeDecimal } from '../decimal.js';
import type { Ask } from './ask.js';
import type { Snapshot } from './snapshot.js';

const LEAST = 25_000n * ONE;
const ALLOWED = 3;
const COUNTED = new Set(['STK', 'OPT', 'WAR', 'BOND', 'FUND', 'BAG']);

export interface PdtState {
  readonly used: number;
  /** Day trades left by the smaller of the own and the broker's count; undefined when neither is known. */
  readonly left: number | undefined;
  /** Own and broker's remainder, where both are known and differ. */
  readonly differ: { readonly own: number; readonly broker: number } | undefined;
  readonly netLiquidation: string | undefined;
}

/** Undefined where the limit does not bind: other kinds, the other regime, 25,000 or more. Unknown equity binds. */
export function pdtState({ kind, policy, account }: Snapshot): PdtState | undefined {
  if ((kind !== 'reg-t' && kind !== 'ira-margin') || policy.pdt !== 'legacy') return undefined;
  const equity = readDecimal(account.netLiquidation);
  if (equity !== undefined && equity >= LEAST) return undefined;
  const used = typeof account.dayTradesUsed === 'number' ? account.dayTradesUsed : undefined;
  const tag = typeof account.dayTradesRemaining === 'number' ? account.dayTradesRemaining : undefined;
  const own = used === undefined ? undefined : Math.max(0, ALLOWED - used);
  const broker = tag === undefined || tag < 0 ? undefined : tag;
  const counts = [own, broker].filter((count) => count !== undefined);
  return {
    used: used ?? ALLOWED - (broker ?? ALLOWED),
    left: counts.length === 0 ? undefined : Math.min(...counts),
    differ: own !== undefined && broker !== undefined && own !== broker ? { own, broker } : undefined,
    netLiquidation: equity === undefined ? undefined : writeDecimal(equity),
  };
}

/** True for products whose round trips count as day trades. */
export const isCounted = (ask: Ask): boolean =>
  COUNTED.has(ask.contract.secType) && ask.contracts.some((one) => COUNTED.has(one.secType));
