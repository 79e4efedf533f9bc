// Options of `simulate`: what does not exist or cannot be meant is refused by its name, before anything listens.
import { afterEach, describe, expect, it } from 'vitest';
import { accountKinds } from '../../../src/gateway/accounts/account-kind.js';
import { virtualClock } from '../../../src/gateway/clock.js';
import { OptionError } from '../../../src/gateway/server/option-error.js';
import type { SimulateOptions } from '../../../src/gateway/server/options.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';

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
    [{ orders: { readOnly: true } }, 'orders.readOnly', /no such option$/],
    [{ orders: { delays: { fill: 5 } } }, 'orders.delays.fill', /no such option$/],
    [{ cadence: { pnL: 1 } }, 'cadence.pnL', /did you mean pnl\?$/],
    [{ accounts: [{ kind: 'cash', holding: {} }] }, 'accounts[0].holding', /did you mean holdings\?$/],
    [{ accounts: ['cash', { kind: 'cash', currency: 'EUR' }] }, 'accounts[1].currency', /no such option$/],
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
    [{ accounts: [{ kind: 'margin' }] }, 'accounts[0].kind', `'margin' is none of ${kinds}`],
    [{ accounts: ['cash', 'roth-ira'] }, 'accounts[1]', `'roth-ira' is none of ${kinds}`],
    [{ accounts: [{ kind: 'Cash' }] }, 'accounts[0].kind', `'Cash' is none of ${kinds}, did you mean cash?`],
    [{ accounts: [{ kind: 'toString' }] }, 'accounts[0].kind', `'toString' is none of ${kinds}`],
    [{ accounts: [{}] }, 'accounts[0].kind', 'has to be given'],
    [{ accounts: 'margin' }, 'accounts', "'margin' is none of all, advisor"],
    [{ accounts: [] }, 'accounts', 'a gateway has at least one account'],
    [{ accounts: [7] }, 'accounts[0]', `7 is none of ${kinds}`],
    [{ accounts: [{ kind: 'cash', cash: { USD: '100' } }] }, 'accounts[0].cash.USD', "'100' is no number"],
    [{ accounts: [{ kind: 'cash', cash: { USD: Number.NaN } }] }, 'accounts[0].cash.USD', 'NaN is no number'],
    [{ marketData: 'Live' }, 'marketData', "'Live' is none of live, delayed, none, did you mean live?"],
    [{ refusal: 10090 }, 'refusal', '10090 is none of 354, 10089'],
    [{ wire: 'json' }, 'wire', "'json' is none of text, protobuf"],
    [{ pacing: 'on' }, 'pacing', "'on' is none of off"],
    [{ pacing: null }, 'pacing', 'null is none of off'],
    [{ pacing: { lines: Number.NaN } }, 'pacing.lines', 'NaN is no number from 0 on'],
    [{ orders: { echo: 'none' } }, 'orders.echo', "'none' is none of real, plain"],
    [{ orders: true }, 'orders', 'true is no object'],
    [{ clock: 'wal' }, 'clock', "'wal' is none of wall, virtual, did you mean wall?"],
    [{ clock: {} }, 'clock', 'a clock has the methods now, at and every'],
    [{ start: ['nextValidID'] }, 'start[0]', /did you mean nextValidId\?$/],
    [{ serverVersion: 99 }, 'serverVersion', /^serverVersion: 99 is no whole number from 100 to /],
    [{ serverVersion: '225' }, 'serverVersion', /^serverVersion: '225' is no whole number/],
    [{ port: 70_000 }, 'port', '70000 is no whole number from 0 to 65535'],
    [{ speed: 0 }, 'speed', /^speed: 0 is no number from /],
    [{ readOnly: 'yes' }, 'readOnly', "'yes' is neither true nor false"],
    [{ host: 4 }, 'host', '4 is no text'],
    [{ faults: [1] }, 'faults[0]', '1 is no text'],
    [{ groups: [{ name: 'A', defaultMethod: 'Even', members: [] }] }, 'groups[0].defaultMethod', /^.*'Even' is none of Equal, /],
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
