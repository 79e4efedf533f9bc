/** Lists on request: open orders, completed orders, executions with their commissions. End markers are the message layer's. */
import { cashNumber } from '../accounts/amount.js';
import { type EngineState, type ExecutionRecord, nowOf } from './engine-state.js';
import { readTime } from './gateway-time.js';
import type { Audience, CommissionAndFeesReportEvent, ExecDetailsEvent, OrderEvent } from './order-events.js';
import { sayCompleted, sayOpenOrder, sayStatus } from './report.js';

/** Which executions to list; unset fields do not filter. Names as in the execution filter. */
export interface ExecutionFilter {
  readonly clientId?: number | undefined;
  readonly acctCode?: string | undefined;
  /** From this time on, in one of the gateway's forms. */
  readonly time?: string | undefined;
  readonly symbol?: string | undefined;
  readonly secType?: string | undefined;
  readonly exchange?: string | undefined;
  /** BUY or SELL, or as executions say it: BOT, SLD. */
  readonly side?: string | undefined;
  readonly lastNDays?: number | undefined;
  readonly specificDates?: readonly string[] | undefined;
}

/** Collects what a report function says: it is an answer to one client, and nobody else hears it. */
function collect(state: EngineState, report: (collecting: EngineState) => void): readonly OrderEvent[] {
  const said: OrderEvent[] = [];
  report({ ...state, said });
  return said;
}

/**
 * Pairs of openOrder and orderStatus for the orders of a client, or of all with `'all'`. Client 0 sees manual orders too.
 * Orders that were not transmitted are not listed.
 */
export function openOrders(state: EngineState, askedBy: number, scope: number | 'all'): readonly OrderEvent[] {
  const to: Audience = { at: 'owner', clientId: askedBy };
  return collect(state, (collecting) => {
    for (const order of state.live) {
      const isTheirs = scope === 'all' || (order.clientId === scope && (!order.isManual || scope === 0));
      if (order.isStaged || !isTheirs) continue;
      sayOpenOrder(collecting, order, false, to);
      sayStatus(collecting, order, to);
    }
  });
}

/** Rows of orders that ended, oldest first; with `apiOnly` without those entered by hand. */
export function completedOrders(state: EngineState, askedBy: number, apiOnly: boolean): readonly OrderEvent[] {
  return collect(state, (collecting) => {
    for (const order of state.completed) {
      if (!(apiOnly && order.isManual)) sayCompleted(collecting, order, { at: 'owner', clientId: askedBy });
    }
  });
}

/** Executions that pass the filter, then the commission reports of exactly these. */
export function executions(
  state: EngineState,
  askedBy: number,
  reqId: number,
  filter: ExecutionFilter,
  zone: string,
): readonly (ExecDetailsEvent | CommissionAndFeesReportEvent)[] {
  const to: Audience = { at: 'owner', clientId: askedBy };
  const now = nowOf(state);
  const from = filter.time ? readTime(filter.time, zone, now) : undefined;
  const found = state.executions.filter((record) => !record.isReplaced && passes(record, filter, from, state));
  return [
    ...found.map((record): ExecDetailsEvent => executionOf(record, to, reqId)),
    ...found.filter(({ signed }) => signed !== 0n).map((record) => commissionReportOf(record, to)),
  ];
}

/** The execution as it is told; `reqId` −1: nobody asked. */
export function executionOf({ contract, execution, instrument }: ExecutionRecord, to: Audience, reqId = -1): ExecDetailsEvent {
  return { kind: 'execDetails', to, reqId, contract, execution, timeZoneId: instrument.timeZoneId };
}

export function commissionReportOf(record: ExecutionRecord, to: Audience): CommissionAndFeesReportEvent {
  return {
    kind: 'commissionAndFeesReport',
    to,
    execId: record.execution.execId,
    commissionAndFees: cashNumber(record.commission),
    currency: record.currency,
    realizedPNL: record.realized === undefined ? undefined : cashNumber(record.realized),
  };
}

function passes(
  { contract, execution, instrument }: ExecutionRecord,
  filter: ExecutionFilter,
  from: number | undefined,
  state: EngineState,
): boolean {
  const { clientId, acctCode, symbol, secType, exchange, side, lastNDays, specificDates } = filter;
  const dayOf = (instant: number): string => state.setup.market.session(instrument.conId, instant).tradingDay;
  const now = nowOf(state);
  if (clientId && execution.clientId !== clientId) return false;
  if (acctCode && execution.acctNumber !== acctCode) return false;
  if (symbol && contract.symbol !== symbol) return false;
  if (secType && contract.secType !== secType) return false;
  if (exchange && execution.exchange !== exchange && contract.exchange !== exchange) return false;
  if (side && execution.side !== side && execution.side !== (side === 'BUY' ? 'BOT' : 'SLD')) return false;
  if (from !== undefined && execution.time < from) return false;
  if (specificDates && specificDates.length > 0) return specificDates.includes(dayOf(execution.time));
  if (lastNDays) return execution.time >= now - lastNDays * 86_400_000;
  return from !== undefined || dayOf(execution.time) === dayOf(now);
}
