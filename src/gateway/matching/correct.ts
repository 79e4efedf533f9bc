/** A correction of an execution: the next revision of it; the accounts get the difference. */
import { bookExecution } from '../accounts/account-book.js';
import { quantityOf, quantityText } from '../accounts/amount.js';
import { type EngineState, type ExecutionRecord, execIdOf, nowOf } from './engine-state.js';
import { commissionReportOf, executionOf } from './queries.js';
import { audienceOf } from './report.js';

/** Corrects the price of an execution that is still valid. False for an unknown id. */
export function correctExecution(state: EngineState, execId: string, price: number): boolean {
  const old = state.executions.find((record) => record.execution.execId === execId && !record.isReplaced);
  if (!old || old.signed === 0n) return false;
  const { tradingDay } = state.setup.market.session(old.instrument.conId, nowOf(state));
  const base = { account: old.execution.acctNumber, instrument: old.instrument, tradingDay };
  bookExecution(state.setup.accounts, { ...base, signed: -old.signed, price: old.execution.price, commission: -old.commission });
  const realized = bookExecution(state.setup.accounts, { ...base, signed: old.signed, price, commission: old.commission });
  const shares = quantityOf(old.execution.shares) ?? 0n;
  const number = { ...old.number, revision: old.number.revision + 1 };
  const corrected: ExecutionRecord = {
    ...old,
    number,
    realized: old.realized === undefined ? undefined : realized,
    isReplaced: false,
    execution: { ...old.execution, execId: execIdOf(number), price, shares: quantityText(shares) },
  };
  old.isReplaced = true;
  state.executions.push(corrected);
  const to = audienceOf(old.order);
  state.said.push(executionOf(corrected, to));
  state.said.push(commissionReportOf(corrected, to));
  return true;
}
