// All answers in one registry: every outgoing kind has its own.
import type { Outgoing } from '../../protocol/registry.js';
import { WorldError } from '../world/errors.js';
import type { Answers } from './answer-types.js';
import { accountUpdateAnswers } from './answers/account-updates.js';
import { accountAnswers } from './answers/accounts.js';
import { advisorAnswers } from './answers/advisor.js';
import { calendarAnswers } from './answers/calendar.js';
import { configAnswers } from './answers/config.js';
import { contractAnswers } from './answers/contracts.js';
import { depthAnswers } from './answers/depth.js';
import { historyAnswers } from './answers/history.js';
import { historyTickAnswers } from './answers/history-ticks.js';
import { marketDataAnswers } from './answers/market-data.js';
import { newsAnswers } from './answers/news.js';
import { optionAnswers } from './answers/options.js';
import { orderQueryAnswers } from './answers/order-queries.js';
import { orderAnswers } from './answers/orders.js';
import { pnlAnswers } from './answers/pnl.js';
import { realTimeBarAnswers } from './answers/real-time-bars.js';
import { referenceAnswers } from './answers/reference.js';
import { scannerAnswers } from './answers/scanner.js';
import { sessionAnswers } from './answers/session.js';
import { tickByTickAnswers } from './answers/tick-by-tick.js';
import type { Client } from './client.js';
import type { Gateway } from './state.js';

export const answers: Answers = {
  ...accountAnswers,
  ...accountUpdateAnswers,
  ...advisorAnswers,
  ...calendarAnswers,
  ...configAnswers,
  ...contractAnswers,
  ...depthAnswers,
  ...historyAnswers,
  ...historyTickAnswers,
  ...marketDataAnswers,
  ...newsAnswers,
  ...optionAnswers,
  ...orderAnswers,
  ...orderQueryAnswers,
  ...pnlAnswers,
  ...realTimeBarAnswers,
  ...referenceAnswers,
  ...scannerAnswers,
  ...sessionAnswers,
  ...tickByTickAnswers,
};

/** Answers a request. What an answer cannot do becomes an error of that request, never the end of the gateway. */
export function answer(gateway: Gateway, client: Client, request: Outgoing): void {
  const found = answers[request.kind] as (request: Outgoing, client: Client, gateway: Gateway) => void;
  try {
    found(request, client, gateway);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const id = idOf(request);
    if (!(error instanceof WorldError)) gateway.log(client, 'trouble', `${request.kind}: ${error.message}`);
    client.error(id, 322, `Error processing request.-'bW' : cause - ${error.message}`);
  }
}

/** The id an error about a request carries. */
export function idOf(request: Outgoing): number {
  if ('reqId' in request) return request.reqId ?? -1;
  return 'orderId' in request ? (request.orderId ?? -1) : -1;
}
