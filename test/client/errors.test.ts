// The client's typed errors: literal codes, what they carry, and no account number anywhere in them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutAccounts } from '../../src/client/notices/without-accounts.js';
import {
  AdmissionError,
  ClosedError,
  ConnectError,
  GatewayError,
  IdRangeError,
  ReadOnlyError,
  TimeoutError,
} from '../../src/client/wire/errors.js';
import { IbwireError } from '../../src/protocol/errors.js';

describe('errors', () => {
  it('hides account numbers and keeps the letters that tell live from paper', () => {
    expect(withoutAccounts('DU1234567 and U7654321, group F9000001, DFM900001')).toBe('DU… and U…, group F…, DFM…');
    expect(withoutAccounts('AAPL  260618C00100000 at 187.50, order 458, conId 265598')).toBe(
      'AAPL  260618C00100000 at 187.50, order 458, conId 265598',
    );
  });

  it('a gateway error names code, words and what was asked, in its text and as fields', () => {
    const error = new GatewayError({
      errorCode: 201,
      text: 'Order rejected - reason:No shorting in DU9000001',
      id: 12,
      asked: 'placeOrder',
    });
    expect(error.message).toBe('placeOrder: Order rejected - reason:No shorting in DU… (code 201)');
    expect({ ...error }).toStrictEqual({
      code: 'GATEWAY',
      name: 'GatewayError',
      refusal: undefined,
      errorCode: 201,
      text: 'Order rejected - reason:No shorting in DU…',
      id: 12,
      asked: 'placeOrder',
      advancedOrderRejectJson: undefined,
      errorTime: undefined,
      meaning: 'The order was rejected; the reason stands behind the colon (margin, size, compliance, permission, shorting).',
      remedy: 'Read the reason and the advanced reject JSON. Never send it again by itself.',
      help: 'docs/codes.md#201',
    });
    expect(error).toBeInstanceOf(IbwireError);
  });

  it('the advanced reject text is kept, without account numbers', () => {
    const facts = {
      errorCode: 201,
      text: 'x',
      id: 1,
      asked: undefined,
      advancedOrderRejectJson: '{"acct":"DU9000001"}',
      errorTime: 5,
    };
    const error = new GatewayError(facts);
    expect([error.advancedOrderRejectJson, error.errorTime, error.message]).toEqual([
      '{"acct":"DU…"}',
      5,
      'The gateway: x (code 201)',
    ]);
  });

  it('a connect error names the missing step and the likely cure', () => {
    const cause = new Error('refused');
    const error = new ConnectError('socket', 'No connection to 127.0.0.1:4002.', { cause, hint: 'Is the socket API on?' });
    expect([error.code, error.phase, error.message, error.cause]).toEqual([
      'CONNECT',
      'socket',
      'No connection to 127.0.0.1:4002. Is the socket API on?',
      cause,
    ]);
    expect(new ConnectError('version', 'Too old.').message).toBe('Too old.');
  });

  it('a timeout says what was seen meanwhile', () => {
    expect(new TimeoutError('reqPositions', 5000).message).toBe('reqPositions: no answer within 5000 ms (nothing arrived).');
    expect(new TimeoutError('reqPositions', 5000, { seen: 3, hint: 'The farm is down.' }).message).toBe(
      'reqPositions: no answer within 5000 ms (3 messages arrived, but not the end). The farm is down.',
    );
  });

  it('the others carry a literal code and say what was asked', () => {
    expect(new ClosedError('the connection was lost', { asked: 'reqPositions' })).toMatchObject({
      code: 'CLOSED',
      message: 'reqPositions: the connection was lost',
    });
    expect(new AdmissionError('reqMktData', { budget: 'lines', because: 'all 100 lines are in use' })).toMatchObject({
      code: 'ADMISSION',
      message: 'reqMktData: not sent, all 100 lines are in use',
      budget: 'lines',
      waitMs: undefined,
    });
    expect(new ReadOnlyError('placeOrder', 'gateway')).toMatchObject({ code: 'READ_ONLY', by: 'gateway' });
    expect(new ReadOnlyError('placeOrder', 'client').message).toContain('read-only option');
    expect(new IdRangeError(7, 'x')).toMatchObject({ code: 'ID_RANGE', id: 7, name: 'IdRangeError' });
  });
});

describe('properties', () => {
  it('no account number survives in any error, wherever it stands', () => {
    const account = fc
      .tuple(fc.constantFrom('U', 'DU', 'F', 'DF', 'DI', 'I', 'DUM'), fc.integer({ min: 100_000, max: 99_999_999 }))
      .map(([letters, digits]) => `${letters}${digits}`);
    const between = fc.constantFrom(' ', ', ', '"', ':', '(', '\n', '/');
    fc.assert(
      fc.property(account, between, between, (number, before, after) => {
        const text = `account${before}${number}${after}refused`;
        const errors = [
          new GatewayError({ errorCode: 321, text, id: undefined, asked: 'placeOrder', advancedOrderRejectJson: text }),
          new ClosedError(text),
          new ConnectError('start', text, { hint: text }),
          new AdmissionError('x', { budget: 'lines', because: text }),
        ];
        for (const error of errors)
          expect([error.message, JSON.stringify({ ...error, hint: undefined })].join()).not.toContain(number);
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
