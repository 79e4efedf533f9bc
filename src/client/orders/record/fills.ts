// The fills of one order: kept by execution, corrections replace, sums in exact decimals.
import Big from 'big.js';
import type { MessageOf } from '../../../protocol/registry.js';
import { parseInstant } from '../../time/parse.js';
import { type CommissionReport, comparedRevisions, type Revision, revisionOf } from './revisions.js';

type ExecutionMessage = MessageOf<'execDetails'>;
export type ExecutedContract = NonNullable<ExecutionMessage['contract']>;

/** What the broker took for a fill. */
export interface FillCommission {
  readonly amount: Big;
  readonly currency: string;
  /** Undefined when nothing was closed. */
  readonly realizedPnl: Big | undefined;
}

/** One execution, in its latest revision. */
export interface Fill {
  readonly execId: string;
  /** As the gateway wrote it; its zone is that of TWS or of the exchange. */
  readonly time: string;
  /** The same as epoch milliseconds; undefined when the text names no zone. */
  readonly at: number | undefined;
  /** `BOT` or `SLD`. */
  readonly side: string;
  readonly shares: Big;
  readonly price: Big;
  readonly exchange: string;
  readonly account: string;
  readonly clientId: number | undefined;
  readonly orderId: number | undefined;
  readonly permId: string | undefined;
  readonly orderRef: string | undefined;
  readonly contract: ExecutedContract | undefined;
  /** 1 added liquidity, 2 removed it, 3 routed out; undefined when not told. */
  readonly lastLiquidity: number | undefined;
  readonly isLiquidation: boolean;
  readonly isPriceRevisionPending: boolean;
  /** Undefined until its report has come. */
  readonly commission: FillCommission | undefined;
  /** How many earlier revisions this one has replaced. */
  readonly corrections: number;
}

export type FillChange =
  | { readonly is: 'new'; readonly fill: Fill }
  | { readonly is: 'corrected'; readonly fill: Fill; readonly before: Fill }
  | { readonly is: 'known' };

interface Kept {
  fill: Fill;
  revision: Revision;
  commissionOf: Revision | undefined;
}

const ZERO = new Big(0);

/** Makes a fill of a message; undefined without an execution id or a readable size and price. */
export function fillOf(message: ExecutionMessage): Fill | undefined {
  const { execution, contract } = message;
  const shares = decimal(execution?.shares);
  const price = decimal(execution?.price);
  if (execution?.execId === undefined || execution.execId === '' || shares === undefined || price === undefined) return undefined;
  const time = execution.time ?? '';
  return {
    execId: execution.execId,
    time,
    at: parseInstant(time),
    side: execution.side ?? '',
    shares,
    price,
    exchange: execution.exchange ?? '',
    account: execution.acctNumber ?? '',
    clientId: execution.clientId,
    orderId: execution.orderId,
    permId: isPermId(execution.permId) ? execution.permId : undefined,
    orderRef: execution.orderRef === '' ? undefined : execution.orderRef,
    contract,
    lastLiquidity: execution.lastLiquidity === 0 ? undefined : execution.lastLiquidity,
    isLiquidation: (execution.isLiquidation ?? 0) !== 0,
    isPriceRevisionPending: execution.isPriceRevisionPending ?? false,
    commission: undefined,
    corrections: 0,
  };
}

/** A permId that names an order: the first messages of an order may carry 0. */
export function isPermId(permId: string | undefined): permId is string {
  return permId !== undefined && permId !== '' && permId !== '0';
}

/** A number, when the value is one. Doubles become their shortest decimal. */
export function decimal(value: string | number | undefined): Big | undefined {
  if (value === undefined || value === '') return undefined;
  try {
    return new Big(value);
  } catch {
    return undefined;
  }
}

/** The fills of one order. `counts` says which of them move its quantity: of a combination not those of its legs. */
export class Fills {
  private readonly kept = new Map<string, Kept>();
  private readonly counts: (fill: Fill) => boolean;
  private quantity = ZERO;
  private value = ZERO;
  private list: readonly Fill[] | undefined;

  constructor(counts: (fill: Fill) => boolean = () => true) {
    this.counts = counts;
  }

  /** In the order in which they were first heard of. */
  get all(): readonly Fill[] {
    this.list ??= [...this.kept.values()].map(({ fill }) => fill);
    return this.list;
  }

  /** The execution in its latest revision. */
  get(execId: string): Fill | undefined {
    return this.kept.get(revisionOf(execId).stem)?.fill;
  }

  /** Executed quantity. */
  get filled(): Big {
    return this.quantity;
  }

  /** Undefined before the first fill. */
  get averagePrice(): Big | undefined {
    return this.quantity.eq(0) ? undefined : this.value.div(this.quantity);
  }

  /** Reported so far, by currency. */
  get commissions(): ReadonlyMap<string, Big> {
    return this.sum((commission) => commission.amount);
  }

  /** Reported so far, by currency. */
  get realizedPnl(): ReadonlyMap<string, Big> {
    return this.sum((commission) => commission.realizedPnl);
  }

  /** Every execution has its commission report; of a combination those of its legs too, which carry what was paid. */
  get isReported(): boolean {
    for (const { fill } of this.kept.values()) if (fill.commission === undefined) return false;
    return true;
  }

  add(fill: Fill): FillChange {
    const revision = revisionOf(fill.execId);
    const known = this.kept.get(revision.stem);
    if (known === undefined) {
      this.kept.set(revision.stem, { fill, revision, commissionOf: undefined });
      this.count(fill, 1);
      return { is: 'new', fill };
    }
    if (comparedRevisions(revision, known.revision) <= 0) return { is: 'known' };
    const before = known.fill;
    const after = { ...fill, commission: before.commission, corrections: before.corrections + 1 };
    this.count(before, -1);
    this.count(after, 1);
    known.fill = after;
    known.revision = revision;
    return { is: 'corrected', fill: after, before };
  }

  /** Takes a commission report in; undefined when the execution is not here or a later report is known. */
  report(report: CommissionReport): Fill | undefined {
    const revision = revisionOf(report.execId);
    const known = this.kept.get(revision.stem);
    if (known === undefined) return undefined;
    if (known.commissionOf !== undefined && comparedRevisions(revision, known.commissionOf) < 0) return undefined;
    const { commission } = report;
    const old = known.fill.commission;
    const isSame =
      old?.amount.eq(commission.amount) === true &&
      old.currency === commission.currency &&
      String(old.realizedPnl) === String(commission.realizedPnl);
    known.commissionOf = revision;
    if (isSame) return undefined;
    known.fill = { ...known.fill, commission };
    this.list = undefined;
    return known.fill;
  }

  private count(fill: Fill, sign: 1 | -1): void {
    this.list = undefined;
    if (!this.counts(fill)) return;
    const shares = fill.shares.times(sign);
    this.quantity = this.quantity.plus(shares);
    this.value = this.value.plus(shares.times(fill.price));
  }

  private sum(part: (commission: FillCommission) => Big | undefined): ReadonlyMap<string, Big> {
    const sums = new Map<string, Big>();
    for (const { fill } of this.kept.values()) {
      if (fill.commission === undefined) continue;
      const amount = part(fill.commission);
      if (amount !== undefined) sums.set(fill.commission.currency, (sums.get(fill.commission.currency) ?? ZERO).plus(amount));
    }
    return sums;
  }
}
