// The route of a message, as a function of the message and of who is registered: every case of it, and that the router does as it says.

import { describe, expect, it } from 'vitest';
import type { OrderParty, Party } from '../../../src/client/conversation/party.js';
import { type Directory, damageRoute, routeOf, type ToRequest } from '../../../src/client/conversation/route.js';
import { Router } from '../../../src/client/conversation/router.js';
import { defaultIdRanges } from '../../../src/client/wire/ids.js';
import { tableOfKind } from '../../../src/protocol/encode.js';
import { DecodeError } from '../../../src/protocol/errors.js';
import type { Incoming, IncomingKind } from '../../../src/protocol/registry.js';

const REQ = defaultIdRanges.firstReqId;
const GONE = REQ + 7;
const ORDER = 5;

const party = (asked: string, kinds: readonly string[], told: string[] = [], isWaiting = true): Party => ({
  asked,
  cancelled: false,
  isWaiting,
  awaits: (kind) => kinds.includes(kind),
  message: ({ kind }) => void told.push(`${asked} ${kind}`),
  notice: ({ errorCode }, { means }) => void told.push(`${asked} ${errorCode} ${means}`),
  unreadable: ({ kind }) => void told.push(`${asked} unreadable ${kind}`),
});
const book = (told: string[] = []): OrderParty => ({
  message: ({ kind }) => void told.push(`orders ${kind}`),
  notice: ({ errorCode }, { means }) => void told.push(`orders ${errorCode} ${means}`),
  unreadable: ({ kind }) => void told.push(`orders unreadable ${kind}`),
  targetOf: (id) => (id === ORDER ? { is: 'order', working: true, asked: 'modify' } : undefined),
});

const details = party('reqContractDetails', ['contractDetails', 'contractDetailsEnd']);
const positions = party('reqPositions', ['position', 'positionEnd']);
const orders = book();
const idOf = (kind: IncomingKind): number => tableOfKind('incoming', kind).id;
const own = (to: Party): ToRequest => ({ to: 'request', party: to, orders: undefined });
const kindsOf = (waiting: Readonly<Partial<Record<IncomingKind, readonly Party[]>>>): Directory['kinds'] => {
  const kinds: ReadonlySet<Party>[] = [];
  for (const [kind, parties] of Object.entries(waiting)) kinds[idOf(kind as IncomingKind)] = new Set(parties);
  return kinds;
};
const directory: Directory = {
  requests: new Map([[REQ, own(details)]]),
  kinds: kindsOf({ position: [positions], positionEnd: [positions] }),
  orders,
};
/** The route looks at the kind, and at an error's fields. */
const route = (message: { readonly kind: IncomingKind; readonly [field: string]: unknown }, owner?: number, there = directory) =>
  routeOf(message as unknown as Incoming, { id: idOf(message.kind), owner }, there);
const error = (reqId: number | undefined, errorCode: number, errorString = '') =>
  ({ kind: 'error', reqId, errorCode, errorString }) as const;

describe('the route of a message', () => {
  it('is its request, by one look: no object is made', () => {
    expect(route({ kind: 'contractDetails' }, REQ)).toBe(directory.requests.get(REQ));
    expect(route({ kind: 'execDetails' }, REQ)).toEqual({ to: 'request', party: details, orders });
  });

  it.each<[string, { readonly kind: IncomingKind }, number | undefined, object]>([
    ['those who wait for its kind', { kind: 'position' }, undefined, { to: 'waiting', orders: undefined }],
    ['nobody where its request is settled', { kind: 'contractDetails' }, GONE, { to: 'nobody', why: 'late' }],
    ['nobody, and missed where somebody waits for it', { kind: 'contractDetails' }, undefined, { to: 'nobody', why: 'missed' }],
    ['nobody', { kind: 'historicalData' }, undefined, { to: 'nobody', why: 'unclaimed', orders: undefined }],
    ['the orders', { kind: 'orderStatus' }, undefined, { to: 'nobody', why: 'ofOrders', orders }],
    ['the orders, of an execution that nobody asked for', { kind: 'execDetails' }, -1, { to: 'nobody', why: 'ofOrders', orders }],
    ['the orders, of an order that has ended', { kind: 'completedOrder' }, undefined, { to: 'nobody', why: 'ofOrders', orders }],
  ])('is %s', (_name, message, owner, expected) => expect(route(message, owner)).toMatchObject(expected));

  it('is nobody where there is no book of orders', () => {
    const there = { ...directory, orders: undefined };
    expect(route({ kind: 'completedOrder' }, undefined, there)).toMatchObject({ why: 'unclaimed', orders: undefined });
    expect(route({ kind: 'orderStatus' }, undefined, there)).toMatchObject({ why: 'ofOrders', orders: undefined });
  });
});

describe('the route of an error', () => {
  it.each<[string, ReturnType<typeof error>, object]>([
    ['its request', error(REQ, 200), { party: details, session: undefined, told: { means: 'requestFailed' } }],
    ['its order', error(ORDER, 110), { party: orders, session: undefined, verdict: { means: 'modifyRefused' } }],
    ['the session, of an order that nobody knows', error(6, 110), { party: undefined, session: 'notice' }],
    ['nobody, of a request that is settled', error(GONE, 200), { party: undefined, session: undefined, isLate: true }],
    [
      'the session, of a farm, whatever its id',
      error(REQ, 2103, 'farm is broken:usfarm'),
      { party: undefined, session: 'notice' },
    ],
    ['session and request, of another login', error(REQ, 10197), { party: details, session: 'notice' }],
    [
      'the one call without an id that waits',
      error(-1, 321),
      { party: positions, session: undefined, told: { means: 'requestFailed' } },
    ],
    ['the session where no id was told and it is no refusal', error(undefined, 2104), { party: undefined, session: 'notice' }],
  ])('is %s', (_name, message, expected) => expect(route(message)).toMatchObject({ to: 'error', ...expected }));

  it('is the session alone where several calls may be meant; the newest as well where the code names their kind', () => {
    const waiting = (...parties: readonly Party[]): Directory => ({ ...directory, kinds: kindsOf({ position: parties }) });
    const two = waiting(positions, party('reqFamilyCodes', []));
    expect(route(error(-1, 321), undefined, two)).toMatchObject({ party: undefined, session: 'notice' });
    const [first, second] = [party('reqAccountUpdates', []), party('reqAccountUpdates', [])];
    expect(route(error(-1, 2101), undefined, waiting(first, positions))).toMatchObject({ party: first, session: undefined });
    const both = route(error(-1, 2101), undefined, waiting(first, second, positions));
    expect(both).toMatchObject({ session: 'notice' });
    expect(both).toHaveProperty('party', second);
  });

  it('says that the API is read-only, whoever it is for', () => {
    const words = "Error validating request.-'bF' : cause - The API interface is currently in Read-Only mode.";
    for (const id of [-1, REQ, ORDER, GONE]) expect(route(error(id, 321, words))).toMatchObject({ readOnly: true });
    expect(route(error(-1, 321, 'Invalid account code'))).toMatchObject({ readOnly: false });
  });
});

describe('the route of what could not be read', () => {
  const damaged = (kind: IncomingKind, id?: number) =>
    damageRoute({ kind, id }, { ...directory, requests: new Map([[REQ, own(details)]]) });

  it.each<[string, IncomingKind, number | undefined, readonly Party[], OrderParty | undefined]>([
    ['the request that it names', 'contractDetails', REQ, [details], undefined],
    ['everybody who may be missing it, where it names none', 'contractDetails', undefined, [details], undefined],
    ['those who wait for its kind', 'position', undefined, [positions], undefined],
    ['nobody where its request is settled', 'contractDetails', GONE, [], undefined],
    ['the orders', 'orderStatus', undefined, [], orders],
  ])('is %s', (_name, kind, id, parties, to) => {
    const found = damaged(kind, id);
    expect([...found.parties]).toEqual(parties);
    expect(found.orders).toBe(to);
  });
});

it('the router does what the route says, and nothing else', () => {
  const told: string[] = [];
  const say =
    (what: string) =>
    (...args: readonly unknown[]): void =>
      void told.push([what, (args[0] as { kind?: string } | undefined)?.kind ?? ''].join(' ').trim());
  const router = new Router({
    unaddressed: say('unaddressed'),
    readOnly: say('readOnly'),
    notice: say('notice'),
    anotherLogin: say('anotherLogin'),
    misaddressed: say('misaddressed'),
    thrown: say('thrown'),
    unusable: say('unusable'),
  });
  router.setOrders(book(told));
  router.own(REQ, party('reqContractDetails', ['contractDetails'], told));
  router.await(['position'], party('reqPositions', ['position'], told));
  const hear = (message: { readonly kind: IncomingKind; readonly [field: string]: unknown }, owner?: number): string[] => {
    told.length = 0;
    router.deliver(message as unknown as Incoming, { id: idOf(message.kind), owner });
    return [...told];
  };
  expect(hear({ kind: 'contractDetails' }, REQ)).toEqual(['reqContractDetails contractDetails']);
  expect(hear({ kind: 'execDetails' }, REQ)).toEqual(['orders execDetails', 'reqContractDetails execDetails']);
  expect(hear({ kind: 'position' })).toEqual(['unaddressed position', 'reqPositions position']);
  expect(hear({ kind: 'orderStatus' })).toEqual(['unaddressed orderStatus', 'orders orderStatus']);
  expect(hear({ kind: 'contractDetails' })).toEqual(['unaddressed contractDetails', 'misaddressed contractDetails']);
  expect(hear({ kind: 'contractDetails' }, GONE)).toEqual(['unaddressed contractDetails']);
  expect([router.late, router.unclaimed]).toEqual([1, 1]);
  expect(hear(error(REQ, 200))).toEqual(['reqContractDetails 200 requestFailed']);
  expect(hear(error(REQ, 10197))).toEqual(['notice error', 'reqContractDetails 10197 competingSession']);
  expect(hear(error(ORDER, 110))).toEqual(['orders 110 modifyRefused']);
  expect(hear(error(-1, 2104, 'OK:usfarm'))).toEqual(['notice error']);
  expect(hear(error(-1, 321, 'The API interface is currently in Read-Only mode.'))).toEqual([
    'readOnly',
    'reqPositions 321 requestFailed',
  ]);
  told.length = 0;
  const facts = { serverVersion: 226, row: 'position', offset: undefined };
  router.unreadable(new DecodeError('is no number', { kind: 'position', ...facts }));
  expect(told).toEqual(['reqPositions unreadable position']);
});
