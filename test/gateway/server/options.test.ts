// Options of `simulate`: what does not exist or cannot be meant is refused by its name, before anything listens.
import { afterEach, describe, expect, it } from 'vitest';
import { accountKinds } from '../../../src/gateway/accounts/account-kind.js';
import { virtualClock } from '../../../src/gateway/clock.js';
import type { SimulateOptions } from '../../../src/gateway/server/options.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import { OptionError } from '../../../src/input/option-error.js';

let gateway: SimulatedGateway | undefined;
afterEach(() => gateway?.close());

/** What a JavaScript program may pass, whatever the types say. */
async function refusalOf(options: object): Promise<[field: string, message: string]> {
  const failed = await simulate(options).then(
    (opened) => {
      gateway = opened;
      return undefined;
    },
    (error: unknown) => error,
  );
  expect(failed).toBeInstanceOf(OptionError);
  expect(failed).toBeInstanceOf(RangeError);
  expect(failed).toMatchObject({ code: 'INVALID_INPUT' });
  const { field, message } = failed as OptionError;
  return [field, message];
}

describe('options that do not exist', () => {
  it.each([
    [{ serverversion: 176 }, 'serverversion', 'serverversion: no such option, did you mean serverVersion?'],
    [{ account: 'all' }, 'account', 'account: no such option, did you mean accounts?'],
    [{ latency: 5 }, 'latency', 'latency: no such option'],
    [{ pacing: { messagesPerSeconds: 5 } }, 'pacing.messagesPerSeconds', /did you mean messagesPerSecond\?$/],
    [{ orders: { acknowlege: 'direct' } }, 'orders.acknowlege', /did you mean acknowledge\?$/],
    [{ orders: { readOnly: true } }, 'orders.readOnly', /no such option; there is (\w+, )*acknowledge\b/],
    [{ orders: { delays: { fill: 5 } } }, 'orders.delays.fill', /no such option; there is (\w+, )+\w+$/],
    [{ cadence: { pnL: 1 } }, 'cadence.pnL', /did you mean pnl\?$/],
    [{ accounts: [{ kind: 'cash', holding: {} }] }, 'accounts[0].holding', /did you mean holdings\?$/],
    [{ accounts: ['cash', { kind: 'cash', currency: 'EUR' }] }, 'accounts[1].currency', /did you mean baseCurrency\?$/],
    [
      { groups: [{ name: 'A', defaultMethod: 'Equal', members: [{ acount: 'DU9000001' }] }] },
      'groups[0].members[0].acount',
      /did you mean account\?$/,
    ],
  ])('%j', async (options, field, message) => {
    const [path, said] = await refusalOf(options);
    expect(path).toBe(field);
    expect(said).toMatch(message);
  });
});

describe('values that do not exist', () => {
  const kinds = Object.keys(accountKinds).join(', ');

  it.each([
    [{ accounts: [{ kind: 'margin' }] }, 'accounts[0].kind', `must be one of ${kinds}, got "margin"`],
    [{ accounts: ['cash', 'roth-ira'] }, 'accounts[1]', `must be one of ${kinds}, got "roth-ira", did you mean roth-ira-cash?`],
    [{ accounts: [{ kind: 'Cash' }] }, 'accounts[0].kind', `must be one of ${kinds}, got "Cash", did you mean cash?`],
    [{ accounts: [{ kind: 'toString' }] }, 'accounts[0].kind', `must be one of ${kinds}, got "toString"`],
    [{ accounts: [{}] }, 'accounts[0].kind', `must be one of ${kinds}, got undefined`],
    [{ accounts: 'margin' }, 'accounts', 'must be one of all, advisor, got "margin"'],
    [{ accounts: [] }, 'accounts', 'a gateway has at least one account'],
    [{ accounts: [7] }, 'accounts[0]', `must be one of ${kinds}, got 7`],
    [{ accounts: [{ kind: 'cash', cash: { USD: '100' } }] }, 'accounts[0].cash.USD', 'must be a number, got "100"'],
    [{ accounts: [{ kind: 'cash', cash: { USD: Number.NaN } }] }, 'accounts[0].cash.USD', 'must be a number, got NaN'],
    [{ marketData: 'Live' }, 'marketData', 'must be one of live, delayed, none, got "Live", did you mean live?'],
    [{ refusal: 10090 }, 'refusal', 'must be one of 354, 10089, got 10090'],
    [{ wire: 'json' }, 'wire', 'must be one of text, protobuf, got "json"'],
    [{ pacing: 'on' }, 'pacing', 'must be one of off, got "on"'],
    [{ pacing: null }, 'pacing', 'must be one of off, got null'],
    [{ pacing: { lines: Number.NaN } }, 'pacing.lines', 'must be a number of at least 0, got NaN'],
    [{ orders: { echo: 'none' } }, 'orders.echo', 'must be one of real, plain, got "none"'],
    [{ orders: true }, 'orders', 'must be an object, got true'],
    [{ clock: 'wal' }, 'clock', 'must be one of wall, virtual, got "wal", did you mean wall?'],
    [{ clock: {} }, 'clock', 'a clock has the methods now, at and every'],
    [{ start: ['nextValidID'] }, 'start[0]', /did you mean nextValidId\?$/],
    [{ serverVersion: 99 }, 'serverVersion', /^serverVersion: must be a whole number from 100 to .*, got 99$/],
    [{ serverVersion: '225' }, 'serverVersion', /^serverVersion: must be a whole number .*, got "225"$/],
    [{ port: 70_000 }, 'port', 'must be a whole number from 0 to 65535, got 70000'],
    [{ speed: 0 }, 'speed', /^speed: must be a number of at least .* got 0$/],
    [{ readOnly: 'yes' }, 'readOnly', 'must be true or false, got "yes"'],
    [{ host: 4 }, 'host', 'must be text, got 4'],
    [{ faults: [1] }, 'faults[0]', 'must be text, got 1'],
    [
      { groups: [{ name: 'A', defaultMethod: 'Even', members: [] }] },
      'groups[0].defaultMethod',
      /must be one of Equal, .*got "Even"/,
    ],
  ])('%j', async (options, field, problem) => {
    const [path, said] = await refusalOf(options);
    expect(path).toBe(field);
    if (typeof problem === 'string') expect(said).toBe(`${field}: ${problem}`);
    else expect(said).toMatch(problem);
  });
});

it('what is unset counts as not given, and every kind that exists is taken', async () => {
  const options: SimulateOptions = {
    clock: virtualClock(Date.UTC(2026, 8, 2, 14)),
    accounts: Object.keys(accountKinds).map((kind) => ({ kind: kind as keyof typeof accountKinds })),
    pacing: { lines: Number.POSITIVE_INFINITY },
  };
  gateway = await simulate({ ...options, ...Object.fromEntries([['wire', undefined]]) });
  expect(gateway.accounts).toHaveLength(Object.keys(accountKinds).length);
});
