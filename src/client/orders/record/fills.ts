// What a fill is, and how it is read from a message.
import Big from 'big.js';
import type { MessageOf } from '../../../protocol/registry.js';
import { parseInstant } from '../../time/parse.js';

type ExecutionMessage = MessageOf<'execDetails'>;
/** The contract of an execution, as the gateway reports it; every field may be undefined. */
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
  /** The gateway's name of it; a correction has another ending. */
  readonly execId: string;
  /** As the gateway wrote it; its zone is that of TWS or of the exchange. */
  readonly time: string;
  /** The same as epoch milliseconds; undefined when the text names no zone. */
  readonly at: number | undefined;
  /** `BOT` or `SLD`. */
  readonly side: string;
  /** How much; always above 0, the side says which way. */
  readonly shares: Big;
  /** Of one unit, without commission. */
  readonly price: Big;
  /** Where it was executed. */
  readonly exchange: string;
  /** Whose it is. */
  readonly account: string;
  /** Of the program that placed the order; undefined when not told. */
  readonly clientId: number | undefined;
  /** As that program numbered it; undefined when not told. */
  readonly orderId: number | undefined;
  /** The order's number at the broker; undefined when not told. */
  readonly permId: string | undefined;
  /** The user's own tag; undefined without one. */
  readonly orderRef: string | undefined;
  /** What was traded: of a combination each leg, and the whole; undefined when not told. */
  readonly contract: ExecutedContract | undefined;
  /** 1 added liquidity, 2 removed it, 3 routed out; undefined when not told. */
  readonly lastLiquidity: number | undefined;
  /** The broker closed the position for want of margin. */
  readonly isLiquidation: boolean;
  /** Its price may still be changed by the exchange. */
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
