import fc from 'fast-check';
import { valuesOf } from 'ibwire';
import { describe, expect, it } from 'vitest';
import { createQuoteMaker } from '../src/market/quote.js';
import { readFrame } from '../src/streams/frame.js';
import { noticesOf } from '../src/streams/notices.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('frames of the stream', () => {
  it.each([
    ['{"message":"waiting for session"}', { topic: 'waiting' }],
    ['{"topic":"system","success":"somebody"}', { topic: 'system', isSignedIn: true }],
    ['{"topic":"system","hb":1788357600000}', { topic: 'system', isSignedIn: false }],
    ['{"topic":"sts","args":{"authenticated":true}}', { topic: 'sts', value: { args: { authenticated: true } } }],
    ['{"topic":"act","args":{"accounts":["DU9000001"]}}', { topic: 'act' }],
    ['{"topic":"tic"}', { topic: 'tic' }],
    ['{"topic":"ntf","args":[{"id":"118","text":"a"}]}', { topic: 'ntf', rows: [{ id: '118', text: 'a' }] }],
    ['{"topic":"blt","args":{"id":7,"message":"b"}}', { topic: 'blt', rows: [{ id: 7, message: 'b' }] }],
    [
      '{"topic":"smd+265598","conid":265598,"conidEx":"265598","31":"C188.36","_updated":1}',
      { topic: 'data', name: 'smd+265598', value: { '31': 'C188.36' }, rows: [] },
    ],
    ['{"topic":"sor","args":[null,{"orderId":656804954},7]}', { topic: 'data', name: 'sor', rows: [{ orderId: 656804954 }] }],
    [
      '{"topic":"spl","args":{"DU9000001.Core":{"dpl":1}}}',
      { topic: 'data', name: 'spl', rows: [{ 'DU9000001.Core': { dpl: 1 } }] },
    ],
    ['{"topic":"ssd+DU9000001","result":[{"key":"AccruedCash-S"}]}', { name: 'ssd+DU9000001', rows: [{ key: 'AccruedCash-S' }] }],
    ['{"result":"unsubscribed from summary","topic":"usd+DU9000001"}', { topic: 'unknown', name: 'usd+DU9000001' }],
    ['{"error":"not authenticated"}', { topic: 'error', text: 'not authenticated' }],
    ['<html></html>', { topic: 'unknown' }],
    ['', { topic: 'unknown' }],
    ['[1,2]', { topic: 'unknown' }],
  ])('%s', (text, meaning) => {
    expect(readFrame(text)).toMatchObject(meaning);
    expect(readFrame(bytes(text))).toEqual(readFrame(text));
  });

  it('never throws, whatever comes', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.uint8Array(), fc.json()), (raw) => {
        expect(typeof readFrame(raw).topic).toBe('string');
      }),
      { seed: 4 },
    ));

  it('people are told notifications, questions and bulletins; controls of a terminal are not in them', () => {
    const told = (text: string) => noticesOf(readFrame(text));
    expect(told('{"topic":"ntf","args":[{"id":"118","text":"Order SELL 1 MSFT\\u001b[2J","title":null,"url":null}]}')).toEqual([
      { is: 'notification', id: '118', title: undefined, text: expect.not.stringContaining('\u001b') },
    ]);
    expect(
      told(
        '{"topic":"ntf","args":{"orderId":"12","reqId":"3","dismissable":[],"text":"sure?","options":["Always use","Do not use"],"type":"M","messageId":"p12","prompt":true}}',
      ),
    ).toEqual([
      { is: 'prompt', orderId: '12', reqId: '3', messageId: 'p12', text: 'sure?', options: ['Always use', 'Do not use'] },
    ]);
    expect(told('{"topic":"blt","args":[{"id":5,"message":"closed"}]}')).toEqual([{ is: 'bulletin', id: '5', text: 'closed' }]);
    expect(told('{"topic":"smd+1","31":"2"}')).toEqual([]);
  });
});

describe('a quote of fields', () => {
  it('reads letters, commas, suffixes and percent; what is absent is unchanged', () => {
    const maker = createQuoteMaker();
    const ticks = maker.take(
      { '6509': 'RpB', '31': 'C188.36', '84': '1,188.30', '88': '1,200', '7762': '12.3M', '7633': '25%' },
      7,
    );
    expect(ticks.map(({ field }) => field)).toEqual(['dataType', 'close', 'bid', 'bidSize', 'volume', 'modelGreeks']);
    expect(valuesOf(maker.quote)).toEqual({
      close: 188.36,
      bid: 1188.3,
      bidSize: 1200,
      volume: 12_300_000,
      modelGreeks: expect.objectContaining({ impliedVol: 0.25, delta: undefined }),
    });
    expect(maker.take({ '84': '1,188.30' }, 8)).toEqual([]);
    expect(maker.take({ '31': 'H187.00' }, 9).map(({ field, value }) => [field, value])).toEqual([
      ['last', 187],
      ['halted', 1],
    ]);
    expect(maker.take({ '31': '187.01' }, 10).map(({ field, value }) => [field, value])).toEqual([
      ['last', 187.01],
      ['halted', 0],
    ]);
    expect(maker.quote.bid).toEqual({
      field: 'bid',
      value: 1188.3,
      time: 7,
      source: 'live',
      tickType: 84,
      attribMask: undefined,
    });
  });

  it('a value that is no number is no price, never 0', () => {
    const maker = createQuoteMaker();
    maker.take({ '84': '10.5' }, 1);
    maker.take({ '84': '--' }, 2);
    expect([maker.quote.bid?.value, maker.quote.ask]).toEqual([undefined, undefined]);
  });

  it('any split of the fields over frames comes to the same quote', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('31', '84', '86', '85', '88', '70', '71'),
          fc.integer({ min: 1, max: 99_999 }).map(String),
          { minKeys: 1 },
        ),
        fc.integer({ min: 1, max: 6 }),
        (fields, size) => {
          const whole = createQuoteMaker();
          whole.take(fields, 1);
          const parts = createQuoteMaker();
          const entries = Object.entries(fields);
          for (let at = 0; at < entries.length; at += size) parts.take(Object.fromEntries(entries.slice(at, at + size)), 1);
          expect(valuesOf(parts.quote)).toEqual(valuesOf(whole.quote));
          expect(Object.keys(valuesOf(whole.quote)).length).toBe(entries.length);
        },
      ),
      { seed: 9 },
    ));
});
