// The language of fault scripts.

import { afterEach, describe, expect, it } from 'vitest';
import { FAULT_VERBS, FaultScriptError, parseScript } from '../../../src/gateway/faults/script.js';
import { simulate } from '../../../src/gateway/simulate.js';
import { AAPL, closeAll, wireClient } from '../server/wire-client.js';

afterEach(closeAll);

describe('reading', () => {
  it('reads when and what, statement by statement', () => {
    const script = parseScript(
      'at 2s cut; on reqMktData never; after 100 frames corrupt 1\n every 500ms 1100 ; stall for client 3',
    );
    expect(script.map(({ when }) => when)).toEqual([
      { at: 'time', ms: 2_000 },
      { at: 'now' },
      { at: 'frames', count: 100 },
      { at: 'every', ms: 500 },
      { at: 'now' },
    ]);
  });

  it.each([
    ['explode', "'explode' is none of"],
    ['at soon cut', "'soon' is no time"],
    ['at 2s', "'' is none of"],
    ['after many frames cut', "'many' is no whole number"],
    ['after 3 bytes cut', 'a number of frames'],
    ['on reqNothing never', "there is no request 'reqNothing'"],
    ['lose nothingEnd', "there is no message 'nothingEnd'"],
    ['delay orderStatus', "'' is no time"],
    ['farm usfarm odd', 'ok, broken or inactive'],
    ['fill-away AAPL', 'an instrument and a price'],
    ['refuse-cancels loudly', "'loudly' is no whole number"],
    ['refuse-changes said soon', "'soon' is no whole number"],
    ['constructor', "'constructor' is none of"],
  ])('refuses %s and says why', (text, why) => {
    expect(() => parseScript(text)).toThrow(FaultScriptError);
    expect(() => parseScript(text)).toThrow(why);
  });

  it('knows every fault by a word', () => {
    expect(FAULT_VERBS).toEqual(
      expect.arrayContaining([
        'cut',
        'stall',
        'dribble',
        'corrupt',
        'half-open',
        'never',
        '1100',
        '1101',
        '1102',
        '1300',
        '10197',
        'farm',
        'restart',
        'slow-reading',
        'lose',
        'duplicate',
        'delay',
        'late-commission',
        'fill-away',
        'lose-orders',
        'mute',
        'ledger-prefix',
      ]),
    );
  });
});

describe('running', () => {
  it('cuts at its time, on the gateway’s clock', async () => {
    await using gateway = await simulate({ clock: 'virtual', faults: 'at 2s cut' });
    const client = await wireClient(gateway.port);
    await gateway.advance(1_999);
    await client.fence();
    expect(client.isClosed).toBe(false);
    await gateway.advance(1);
    await client.closed();
  });

  it('leaves requests of a kind without an answer', async () => {
    await using gateway = await simulate({ clock: 'virtual', faults: ['on reqMktData never 1'] });
    const client = await wireClient(gateway.port);
    for (const reqId of [1, 2])
      client.send('reqMktData', { reqId, contract: AAPL, genericTickList: '', snapshot: false, regulatorySnapshot: false });
    expect((await client.wait('tickPrice')).reqId).toBe(2);
  });

  it('acts when a request comes, and after so many frames', async () => {
    await using gateway = await simulate({ clock: 'virtual', faults: 'on reqFamilyCodes 1100; after 20 frames cut' });
    const client = await wireClient(gateway.port);
    client.send('reqFamilyCodes', {});
    await client.wait('familyCodes');
    const order = client.messages.map((message) => (message.kind === 'error' ? message.errorCode : message.kind));
    expect(order.indexOf(1100)).toBe(order.indexOf('familyCodes') - 1);
    for (let i = 0; i < 20; i++) client.send('reqCurrentTime', {});
    await client.closed();
    expect(client.messages.length).toBeLessThanOrEqual(20);
  });

  it('is refused whole before anything listens', async () => {
    await expect(simulate({ faults: 'cut; explode' })).rejects.toThrow(FaultScriptError);
  });
});
