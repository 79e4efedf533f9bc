// Executions that say nothing: a list with one of them is not whole.

import { describe, expect, it } from 'vitest';
import { DecodeError } from '../../../../src/protocol/errors.js';
import { deskWith, says } from '../trades/desk.js';

describe.each([176, 226])('at server version %i', (serverVersion) => {
  it.each([
    ['id', { execId: '' }],
    ['size', { shares: undefined }],
    ['price', { price: undefined }],
  ])('an execution without %s refuses the list, and the rest of it is taken in', async (_, more) => {
    await using desk = await deskWith({
      serverVersion,
      on: {
        reqExecutions: ({ reqId = 0 }, peer) => {
          says(peer).exec('a.1.01', '40', 187.5, reqId);
          says(peer).exec('b.1.01', '60', 187.5, reqId, more);
          peer.send('execDetailsEnd', { reqId });
        },
      },
    });
    await expect(desk.ib.orders.executions()).rejects.toBeInstanceOf(DecodeError);
    expect(desk.ib.orders.book.trades.map(({ filledQuantity }) => filledQuantity.toFixed())).toEqual(['40']);
  });
});
