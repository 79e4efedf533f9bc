import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBody, wordsOf } from '../src/body.js';
import { decimalText, decode } from '../src/endpoints/decode.js';
import { list, object } from '../src/endpoints/shape.js';
import { marketValue } from '../src/market/value.js';

describe('a body', () => {
  it('is told by what it is, whatever its headers say', () => {
    expect(readBody('')).toEqual({ form: 'empty' });
    expect(readBody('Unauthorized')).toEqual({ form: 'text', text: 'Unauthorized' });
    expect(readBody('<html><body><h1>Resource not found</h1></body></html>').form).toBe('html');
    expect(readBody(new TextEncoder().encode('{"topic":"system"}'))).toEqual({ form: 'json', value: { topic: 'system' } });
    expect(readBody('{"half":')).toMatchObject({ form: 'text' });
    expect(wordsOf(readBody('<h1>Resource not found</h1>'))).toBe('Resource not found');
  });

  it('keeps every digit of a long number', () => {
    expect(readBody('{"orderId":12345678901234567890,"a":"1.2345678901234567890"}')).toEqual({
      form: 'json',
      value: { orderId: '12345678901234567890', a: '1.2345678901234567890' },
    });
    expect(readBody('{"avgCost":584.31333333333334500}')).toEqual({ form: 'json', value: { avgCost: '584.31333333333334500' } });
  });

  it('NaN is no value', () =>
    expect(readBody('{"a":NaN,"b":-Infinity,"c":"NaN"}')).toEqual({ form: 'json', value: { a: null, b: null, c: 'NaN' } }));
});

describe('decimal text', () => {
  it.each([
    ['1,200', '1200'],
    ['1.0050e3', '1005'],
    ['-0.00', '0'],
    ['1E-7', '0.0000001'],
    [1e21, '1000000000000000000000'],
    ['.5', '0.5'],
    ['12,34', undefined],
    ['', undefined],
    ['-', undefined],
    ['1 USD', undefined],
    [Number.NaN, undefined],
  ])('%j is %j', (from, to) => expect(decimalText(from)).toBe(to));

  it('says what Number says', () =>
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(decimalText(value))).toBe(value === 0 ? 0 : value);
        expect(decimalText(value)).not.toMatch(/e/i);
      }),
    ));
});

describe('a shape', () => {
  const shape = object('conid:int size:num live:flag id:id', { rows: list('price:num') });

  it('reads numbers as text or number, and leaves out what is not there', () => {
    const { value, unknown } = decode(shape, {
      conid: '265598',
      size: 3,
      id: 7,
      rows: [{ price: '' }, { price: null }],
      extra: 1,
    });
    expect(value).toEqual({ conid: 265598, size: '3', id: '7', rows: [{}, {}], extra: 1 });
    expect(unknown).toEqual(['extra']);
  });

  it('tells what it cannot read, and makes no 0 of it', () => {
    const { value, troubles } = decode(shape, { size: 'a lot', live: 'perhaps', rows: {} });
    expect(value).toEqual({});
    expect(troubles.map(({ path }) => path)).toEqual(['size', 'live', 'rows']);
  });
});

describe('a value of the market', () => {
  it.each([
    ['C188.36', { value: '188.36', is: 'previousClose' }],
    ['H10', { value: '10', is: 'halted' }],
    ['1,200', { value: '1200', is: 'price' }],
    ['12.3M', { value: '12300000', is: 'price' }],
    ['0.54%', { value: '0.54', is: 'price' }],
    ['-1', { value: '-1', is: 'price' }],
    ['', undefined],
    ['C', undefined],
    ['n/a', undefined],
  ])('%j', (raw, read) => expect(marketValue(raw)).toEqual(read));
});
