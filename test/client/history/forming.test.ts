// Which bar is not over: the newest alone, also where a session began within its hour.
import { expect, it } from 'vitest';
import { askBars } from '../../../src/client/history/ask-bars.js';
import { incomingEncoder } from '../../../src/protocol/encode.js';
import { settle } from '../../helpers/hand-timer.js';
import { paperSession } from '../session/paper-link.js';

it('the first half hour of a session is over when the next hour has begun', async () => {
  const paper = await paperSession({ serverVersion: 176 });
  paper.session.reqIds.next = () => 1_500_000_001;
  const now = Math.floor(paper.timer.now() / 1000);
  const bar = { open: 1, high: 2, low: 1, close: 2, volume: 5, wap: 1.5, barCount: 1 };
  const bars = [now - 1_810, now - 10].map((date) => ({ ...bar, date: String(date) }));
  const asked = askBars(paper.session, { conId: 265598, exchange: 'SMART' }, { duration: '1 D', size: '1 hour' });
  await settle();
  paper.hear(incomingEncoder(176).encode('historicalData', { reqId: 1_500_000_001, startDateStr: '', endDateStr: '', bars }));
  expect((await asked).map(({ isForming }) => isForming)).toEqual([false, true]);
  paper.session.close();
});
