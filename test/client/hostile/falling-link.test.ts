// A stream that is opened in the turn in which the link falls comes back as one does that was opened a turn before.
import { describe, expect, it } from 'vitest';
import { facade } from '../../../src/client/connect.js';
import { settle } from '../../helpers/hand-timer.js';
import { paperSession } from '../session/paper-link.js';
import { streams } from './everything.js';

/** A list in pieces is a call: it ends with the connection. */
const lasting = Object.entries(streams).filter(([name]) => name !== 'detailsStream');

describe.each(lasting)('%s', (_, open) => {
  it('waits, and is asked for on the next connection', async () => {
    const paper = await paperSession();
    const ib = facade(paper.session, { port: 1, orders: { accounts: 'none' } });
    let end: unknown = 'none';
    const stream = open(ib);
    paper.cut();
    void stream.ended.then((cause) => {
      end = cause;
    });
    await settle();
    expect(end).toBe('none');
    expect(paper.sent).toEqual([]);
    await paper.timer.advance(1_000);
    expect(paper.session.state.at).toBe('ready');
    expect(paper.sent.every(({ connection }) => connection === 2)).toBe(true);
    expect(paper.sent.length).toBeGreaterThan(0);
    expect(end).toBe('none');
    stream.close();
    ib.close();
  });
});

it('a list in pieces ends, and says that nothing was sent', async () => {
  const paper = await paperSession();
  const ib = facade(paper.session, { port: 1, orders: { accounts: 'none' } });
  const stream = ib.contracts.detailsStream({ conId: 265598 });
  paper.cut();
  expect(await stream.ended).toMatchObject({ code: 'CLOSED', message: expect.stringContaining('nothing was sent') });
  ib.close();
});
