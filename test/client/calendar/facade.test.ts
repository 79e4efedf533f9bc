// The event calendar: what is asked, in which order, and what its answers become.

import { describe, expect, it } from 'vitest';
import { createCalendar, type EventRequest } from '../../../src/client/calendar/facade.js';
import { asked } from '../../helpers/asked.js';
import { settle } from '../../helpers/hand-timer.js';
import { type PaperSession, paperSession } from '../session/paper-link.js';

async function answerMeta(paper: PaperSession): Promise<void> {
  const { reqId } = await asked(paper, 'reqWshMetaData');
  paper.say('wshMetaData', { reqId, dataJson: '{"meta_data":{}}' });
}

describe('events', () => {
  it.each<[what: string, request: EventRequest, sent: object]>([
    ['nothing named', {}, {}],
    ['an instrument', { conId: 265598 }, { conId: 265598 }],
    ['a filter as text', { filter: '{"country":"All"}' }, { filter: '{"country":"All"}' }],
    ['a filter as an object', { filter: { country: 'All' } }, { filter: '{"country":"All"}' }],
    [
      'lists of the login',
      { fillWatchlist: true, fillPortfolio: false, fillCompetitors: true },
      { fillWatchlist: true, fillPortfolio: false, fillCompetitors: true },
    ],
    [
      'days, read in UTC, and a limit',
      { conId: 1, from: new Date('2026-08-31T23:59:59Z'), to: new Date('2026-09-09T00:00:00Z'), limit: 5 },
      { conId: 1, startDate: '20260831', endDate: '20260909', totalLimit: 5 },
    ],
  ])('%s: what is named is sent, and nothing else', async (_what, request, sent) => {
    const paper = await paperSession();
    const events = createCalendar(paper.session).events(request);
    await answerMeta(paper);
    const { reqId, message } = await asked(paper, 'reqWshEventData');
    expect(message).toEqual({ ...sent, reqId });
    paper.say('wshEventData', { reqId, dataJson: '[{"type":"earnings"}]' });
    await expect(events).resolves.toEqual([{ type: 'earnings' }]);
  });

  it('the metadata is asked once for each connection', async () => {
    const paper = await paperSession();
    const calendar = createCalendar(paper.session);
    const metas = (): number => paper.sent.filter(({ kind }) => kind === 'reqWshMetaData').length;
    const ask = async (): Promise<unknown> => {
      const events = calendar.events({ conId: 1 });
      const { reqId } = await asked(paper, 'reqWshEventData');
      paper.say('wshEventData', { reqId, dataJson: '[]' });
      return events;
    };
    const first = calendar.meta();
    await answerMeta(paper);
    await expect(first).resolves.toEqual({ meta_data: {} });
    await ask();
    await ask();
    expect(metas()).toBe(1);
    paper.cut();
    await paper.timer.advance(500);
    const events = calendar.events({ conId: 1 });
    await answerMeta(paper);
    expect(metas()).toBe(2);
    const { reqId } = await asked(paper, 'reqWshEventData');
    paper.say('wshEventData', { reqId, dataJson: '[]' });
    await events;
  });

  it.each([
    ['<html>Down for maintenance</html>', '<html>Down for maintenance</html>'],
    ['Down {for} maintenance', 'Down {for} maintenance'],
    ['', ''],
    [undefined, undefined],
  ])('what is no JSON is handed on as it came: %s', async (dataJson, answer) => {
    const paper = await paperSession();
    const meta = createCalendar(paper.session).meta();
    const { reqId } = await asked(paper, 'reqWshMetaData');
    paper.say('wshMetaData', { reqId, dataJson });
    await expect(meta).resolves.toBe(answer);
  });

  it('metadata of the connection before does not count for the next', async () => {
    const paper = await paperSession();
    const calendar = createCalendar(paper.session);
    const meta = calendar.meta();
    await settle();
    const { reqId } = await asked(paper, 'reqWshMetaData');
    paper.say('wshMetaData', { reqId, dataJson: '{}' });
    paper.cut(); // before whoever asked goes on
    await meta;
    await paper.timer.advance(500);
    const events = calendar.events({ conId: 1 });
    await answerMeta(paper);
    const second = await asked(paper, 'reqWshEventData');
    paper.say('wshEventData', { reqId: second.reqId, dataJson: '[]' });
    await expect(events).resolves.toEqual([]);
  });

  it.each(['reqWshMetaData', 'reqWshEventData'] as const)(
    'have the deadline and the signal of the call, at %s too',
    async (at) => {
      const paper = await paperSession();
      const calendar = createCalendar(paper.session);
      if (at === 'reqWshEventData') {
        const meta = calendar.meta();
        await answerMeta(paper);
        await meta;
      }
      const ask = (call: object): Promise<unknown> => calendar.events({ conId: 1, ...call }).catch((error: unknown) => error);
      const late = ask({ timeout: 70 });
      await settle();
      expect(paper.sent.at(-1)?.kind).toBe(at);
      await paper.timer.advance(80);
      expect(await late).toMatchObject({ code: 'TIMEOUT' });
      const stopping = new AbortController();
      const given = ask({ signal: stopping.signal });
      await settle();
      stopping.abort(new Error('enough'));
      expect(await given).toMatchObject({ message: 'enough' });
      const cancel = at === 'reqWshMetaData' ? 'cancelWshMetaData' : 'cancelWshEventData';
      expect(paper.sent.filter(({ kind }) => kind === cancel)).toHaveLength(2);
    },
  );

  it('metadata that is refused refuses the events, and is asked for again by the next call', async () => {
    const paper = await paperSession();
    const calendar = createCalendar(paper.session);
    const refused = calendar.events({ conId: 1 });
    const { reqId } = await asked(paper, 'reqWshMetaData');
    paper.say('error', { reqId, errorCode: 10276, errorString: 'News feed is not allowed.' });
    await expect(refused).rejects.toMatchObject({ errorCode: 10276 });
    const events = calendar.events({ conId: 1 });
    await answerMeta(paper);
    const second = await asked(paper, 'reqWshEventData');
    paper.say('wshEventData', { reqId: second.reqId, dataJson: '[]' });
    await expect(events).resolves.toEqual([]);
  });
});
