// Rows that users add for codes newer than the table.

import { afterEach, describe, expect, it } from 'vitest';
import { classify } from '../../../src/client/notices/classify.js';
import { explain } from '../../../src/client/notices/explain.js';
import { addCodes } from '../../../src/client/notices/table.js';
import { AAPL, buy, deskWith, says, until } from '../orders/trades/desk.js';

const row = { code: 19_998, class: 'order', meaning: 'The venue takes no such order.', remedy: 'Place it elsewhere.' } as const;
const order = { is: 'order', working: false, asked: 'place' } as const;
let takeOut = (): void => {};
afterEach(() => takeOut());

describe('a code that users add', () => {
  it('is read and explained by their row, until it is taken out again', () => {
    expect(classify({ code: 19_998, text: '' }, order)).toEqual({ means: 'orderUnclear' });
    takeOut = addCodes([row]);
    expect(classify({ code: 19_998, text: '' }, order)).toMatchObject({ means: 'orderRejected' });
    expect(explain(19_998, { isOrder: true })).toMatchObject({ isKnown: true, class: 'order', remedy: 'Place it elsewhere.' });
    takeOut();
    expect(classify({ code: 19_998, text: '' }, order)).toEqual({ means: 'orderUnclear' });
    expect(explain(19_998).isKnown).toBe(false);
  });

  it('that the table knows is read by the row of the user: the last one counts', () => {
    takeOut = addCodes([
      { ...row, code: 10_052, class: 'warning' },
      { ...row, code: 10_050, to: 10_060, class: 'information' },
    ]);
    expect(classify({ code: 10_052, text: '' }, order)).toEqual({ means: 'orderNotice', reconcile: false });
    expect(explain(10_060).class).toBe('information');
  });

  it('does nothing to what a code means for the session', () => {
    takeOut = addCodes([{ ...row, code: 1100, class: 'information' }]);
    expect(classify({ code: 1100, text: '' }, { is: 'nobody' })).toMatchObject({ means: 'link', now: 'lost' });
  });

  it.each([
    ['no code', { ...row, code: 0 }],
    ['a run that goes backwards', { ...row, to: 5 }],
    ['an unknown class', { ...row, class: 'fatal' }],
    ['no remedy', { ...row, remedy: '' }],
  ])('with %s is refused, and nothing is added', (_name, bad) => {
    expect(() => addCodes([{ ...row, code: 19_997 }, bad as never])).toThrow(RangeError);
    expect(explain(19_997).isKnown).toBe(false);
  });

  it('ends an order of a session at once where the row says so, and leaves it alive where it is a warning', async () => {
    takeOut = addCodes([row, { ...row, code: 19_999, class: 'warning' }]);
    let code = 19_999;
    await using desk = await deskWith({
      on: { placeOrder: ({ orderId = 0 }, peer) => says(peer, { orderId }).error(code, 'Ordine non gradito') },
    });
    const warned = desk.ib.orders.place(AAPL, buy());
    await until(() => warned.notices.length === 1);
    expect(warned.state.at).toBe('sent');
    code = 19_998;
    expect(await desk.ib.orders.place(AAPL, buy()).done).toMatchObject({ at: 'rejected', reason: { code: 19_998 } });
  });
});
