// The handshake as a pure step: whatever comes, in whatever order, ends in ready, in a reason, or waits for what is missing.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectError } from '../../../src/client/wire/errors.js';
import { type Handshake, type HandshakeTerms, type Heard, handshake } from '../../../src/client/wire/handshake.js';
import { DecodeError, FrameError } from '../../../src/protocol/errors.js';
import type { Incoming } from '../../../src/protocol/registry.js';

const terms: HandshakeTerms = { host: '127.0.0.1', port: 4002, clientId: 7, minVersion: 100, maxVersion: 225 };
const greeting = (serverVersion: number, redirect?: string): Heard => ({
  is: 'greeting',
  greeting: { serverVersion, connectionTime: '20261128 10:00:00 EST', redirect },
});
const message = (one: object): Heard => ({ is: 'message', message: one as Incoming });
const accounts = message({ kind: 'managedAccounts', accountsList: 'DU9000001,DU9000002,' });
const nextId = message({ kind: 'nextValidId', orderId: 41 });
const noId = message({ kind: 'nextValidId', orderId: undefined });
const error = (errorCode: number): Heard => message({ kind: 'error', reqId: -1, errorCode, errorString: 'no' });
const unreadable = (kind: string): Heard => ({
  is: 'unreadable',
  error: new DecodeError('no number', { kind, serverVersion: 225, row: 'x', offset: 3 }),
});
const broken: Heard = { is: 'broken', error: new FrameError('FRAME_LENGTH', 'too long', 0, 99) };
const ended: Heard = { is: 'ended', cause: undefined };
const late: Heard = { is: 'late', within: 4000 };

const told = (...all: readonly Heard[]): Handshake =>
  all.reduce<Handshake>((state, heard) => handshake(state, heard, terms), { at: 'handshake' });
const failure = (...all: readonly Heard[]): ConnectError => {
  const state = told(...all);
  if (state.at !== 'failed' || !(state.reason instanceof ConnectError)) throw new Error(`${state.at}, not failed`);
  return state.reason;
};

describe('the way to ready', () => {
  it.each([
    ['accounts first', [greeting(225), accounts, nextId]],
    ['the order id first', [greeting(225), nextId, accounts]],
    ['each said twice, with a farm notice between', [greeting(225), accounts, error(2104), accounts, nextId]],
    ['an order id that says nothing before the one that does', [greeting(225), noId, accounts, noId, nextId]],
    ['a message that nobody waits for cannot be read', [greeting(225), unreadable('openOrder'), nextId, accounts]],
  ])('%s', (_, all) => {
    expect(told(...all)).toMatchObject({ at: 'ready', told: { accounts: ['DU9000001', 'DU9000002'], nextValidId: 41 } });
  });

  it('a step that is said again is the same step', () => {
    expect(told(greeting(225)).at).toBe('managedAccounts');
    expect(told(greeting(225), nextId).at).toBe('managedAccounts');
    expect(told(greeting(225), accounts).at).toBe('nextValidId');
    expect(told(greeting(225), accounts, accounts).at).toBe('nextValidId');
  });
});

describe('the reason why not', () => {
  it.each([
    ['silence before the greeting', [late], 'handshake', /No server version came within 4000 ms.*does not speak as TWS does/],
    ['silence after it', [greeting(225), late], 'managedAccounts', /No managedAccounts came within 4000 ms/],
    ['an older server', [greeting(99)], 'version', /version 99, outside 100 to 225\.$/],
    ['a redirection', [greeting(-1, 'other:4002')], 'version', /asks to connect to 'other:4002' instead/],
    ['the client id in use', [greeting(225), error(326)], 'start', /Client id 7 is in use\..*about a minute/],
    ['a hang-up before the greeting', [ended], 'handshake', /The other side hung up/],
    ['a hang-up after 320', [greeting(225), error(320), ended], 'start', /The start was refused: no$/],
    ['accounts that cannot be read', [greeting(225), unreadable('managedAccounts')], 'managedAccounts', /cannot be read.*record/],
    ['bytes out of step after the greeting', [greeting(225), broken], 'managedAccounts', /too long.*ibwire record/],
    [
      'other damage, named when the start fails',
      [greeting(225), unreadable('openOrder'), late],
      'managedAccounts',
      /openOrder\.x/,
    ],
  ] as const)('%s', (_, all, phase, text) => {
    expect(failure(...all)).toMatchObject({ phase });
    expect(failure(...all).message).toMatch(text);
  });

  it('keeps what the gateway said against it as the cause', () => {
    expect(failure(greeting(225), error(320), ended).cause).toMatchObject({ errorCode: 320, asked: 'startApi' });
  });

  it('is whatever it was given up with', () => {
    const reason = new Error('enough');
    expect(told(greeting(225), { is: 'aborted', reason })).toEqual({ at: 'failed', reason });
  });
});

it('what is over stays as it is, and is reached by what was awaited alone', () => {
  const heard = fc.constantFrom(
    greeting(225), greeting(99), accounts, nextId, noId, error(326), error(320), error(2104),
    unreadable('managedAccounts'), unreadable('tickPrice'), broken, ended, late,
  ); // biome-ignore format: one line of them
  fc.assert(
    fc.property(fc.array(heard, { maxLength: 12 }), (all) => {
      let state: Handshake = { at: 'handshake' };
      for (const [i, one] of all.entries()) {
        const next = handshake(state, one, terms);
        if (state.at === 'ready' || state.at === 'failed') expect(next).toBe(state);
        const before = all.slice(0, i + 1);
        if (next.at === 'ready') {
          expect(before).toContain(accounts);
          expect(before).toContain(nextId);
        }
        if (one.is === 'late' || one.is === 'ended' || one.is === 'broken') expect(['ready', 'failed']).toContain(next.at);
        state = next;
      }
    }),
  );
});
