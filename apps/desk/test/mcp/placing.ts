// An order through place_order, on a desk where a person has to decide.

import { type Stage, type StageOptions, stage } from '../stage.js';
import type { Answer, Host, Told } from './hosts.js';

export const BUY = { symbol: 'AAPL', action: 'BUY', orderType: 'MKT', totalQuantity: '10' };
export const APPROVE: Answer = { action: 'accept', content: { decision: 'approve' } };

/** A desk where a person has to decide, as on paper and on live money. */
export async function asking(options: StageOptions = {}): Promise<Stage> {
  const at = await stage(options);
  await at.owner('POST', '/v1/control/setLimits', { sendAtOnce: { simulated: false, paper: false } });
  return at;
}

export const sent = ({ desk }: Stage): number => desk.gateway?.orders.length ?? -1;
export const place = (one: Host, more: object = {}): Promise<Told> => one.call('place_order', { ...BUY, ...more });
