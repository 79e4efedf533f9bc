// The reducer, transition by transition: the way of an order while it lives. How it ends is in endings.test.ts.

import { describe, expect, it } from 'vitest';
import type { Happening } from '../../../../src/client/orders/book.js';
import type { OrderRecord } from '../../../../src/client/orders/record/order-record.js';
import {
  AAPL,
  ACCOUNT,
  at,
  become,
  cancelling,
  charged,
  DRAFT,
  due,
  executed,
  found,
  placed,
  report,
  sent,
  status,
  stories,
  told,
  working,
} from './story.js';

const other = { ...DRAFT, lmtPrice: 11 };
const changing: Happening = { is: 'changing', draft: other };
const changed = (draft?: typeof DRAFT): Happening => ({ is: 'changed', draft });
const numbered: Happening = { is: 'numbered', clientId: 2, orderId: 8, draft: other };
const bound: Happening = { is: 'bound', clientId: 0, orderId: -3 };

// biome-ignore format: a table, a situation a line
stories('on its way', [
  ['waits until it leaves', placed(), [], '', at('waiting')],
  ['is sent when it leaves, at its first time', placed(), [{ ...sent, at: 5 }, { ...sent, at: 9 }], 'state sent', { sentAt: 5 }],
  ['gets its id, client and terms as it leaves', placed(), [numbered], '', { clientId: 2, orderId: 8, draft: other }],
  ['an order of TWS is bound', found(), [bound], '', { clientId: 0, orderId: -3 }],
  ['a change under way holds its terms', working(), [changing], '', { asked: 'modify', draft: other }],
  ['a change that was refused gives the terms back', working(), [changing, changed(DRAFT)], '', { asked: 'place', draft: DRAFT }],
  ['a change that was taken keeps its terms', working(), [changing, changed()], '', { asked: 'place', draft: other }],
  ['a change that ends leaves the cancel asked', become(working(), changing, cancelling), [changed()], '', { asked: 'cancel' }],
  ['a cancel under way', working(), [cancelling], 'state cancelling', { asked: 'cancel', isCancelAsked: true }],
  ['a cancel that nobody carries out', become(working(), cancelling), [{ is: 'notCancelling' }], 'state working',
    { asked: 'place', isCancelAsked: false }],
  ['an order of others begins as sent', found(), [], '', at('sent')],
  ['an alarm is handed on', working(), [{ is: 'alarm', alarm: { what: 'journal', text: '' } }], 'alarm journal'],
]);

const permIds = (...ids: string[]): Happening[] => ids.map((permId) => ({ is: 'permId', permId }));
const eight = ['1', '2', '3', '4', '5', '6', '7', '8'];

// biome-ignore format: a table, a situation a line
stories('its names', [
  ['one permId', working(), permIds('1', '1'), '', { permIds: ['1'] }],
  ['two permIds are an alarm', working(), permIds('1', '2'), 'alarm secondPermId', { permIds: ['1', '2'] }],
  ['more than eight tell nothing new', become(working(), ...permIds(...eight)), permIds('9'), '', { permIds: eight }],
]);

// biome-ignore format: a table, a situation a line
stories('its terms', [
  ['of an order of others are news, the same again are not', found(), [report(), report()], 'report changed, report',
    { account: ACCOUNT, contract: AAPL, reported: { lmtPrice: 10 }, orderState: { status: 'Submitted' } }],
  ['of an own order are none, and its account stays', working(), [report({ account: 'DU9000002' })], 'report', { account: ACCOUNT }],
  ['other totals are news', become(working(), report()), [report({ totalQuantity: '90' })], 'report changed'],
  ['other limits', become(working(), report()), [report({ lmtPrice: 11 })], 'report changed'],
  ['other stops', become(working(), report()), [report({ auxPrice: 1 })], 'report changed'],
  ['other starts of a trail', become(working(), report()), [report({ trailStopPrice: 1 })], 'report changed'],
  ['other distances of a trail', become(working(), report()), [report({ trailingPercent: 1 })], 'report changed'],
  ['other lifetimes', become(working(), report()), [report({ tif: 'GTC' })], 'report changed'],
  ['other words are none', become(working(), report()), [report({ orderRef: 'r' })], 'report'],
]);

// biome-ignore format: a table, a situation a line
stories('its status', [
  ['held by the terminal', become(placed(), sent), [status('ApiPending')], 'status ApiPending, state pending'],
  ['with the broker', become(placed(), sent), [status('PreSubmitted')], 'status PreSubmitted, state accepted', { heardAt: 0 }],
  ['at the venue', become(placed(), sent), [status('Submitted')], 'status Submitted, state working'],
  ['being cancelled', working(), [status('PendingCancel')], 'status PendingCancel, state cancelling'],
  ['idle', working(), [status('Inactive')], 'status Inactive, state inactive'],
  ['a word that nobody knows is said and means nothing', working(), [status('Odd')], 'status Odd', at('working')],
  ['the same again is not said', working(), [status('Submitted')], ''],
  ['filled without executions is unclear: they are asked for, ever more slowly', working(),
    [status('Filled', '100'), due(999), due(1_000), due(4_000)],
    'status Filled, state unclear, wait behind 1000, ask fillsMissing, wait behind 4000, ask fillsMissing, wait behind 13000',
    { state: { at: 'unclear', why: 'fillsMissing' }, isQuestioned: true }],
]);

// biome-ignore format: a table, a situation a line
stories('executions and commissions', [
  ['each is said once', working(), [executed('a.01', 40), executed('a.01', 40)], 'fill 40', at('working')],
  ['a newer revision is a correction, an older one nothing', become(working(), executed('a.02', 40)),
    [executed('a.03', 50), executed('a.01', 60)], 'correction 50'],
  ['fill the order, whose end waits for what was charged', working(), [executed('a.01', 100)],
    'fill 100, state filled, wait ending 3000'],
  ['more than ordered is an alarm', working(), [executed('a.01', 101)],
    'fill 101, alarm overfilled, state filled, wait ending 3000'],
  ['tell whose the order is, and that it was heard of', found(), [{ ...executed('a.01', 1), at: 9 }], 'fill 1',
    { account: ACCOUNT, heardAt: 9 }],
  ['a correction takes back what a status had counted', become(working(), executed('a.01', 40), status('Submitted', '40')),
    [executed('a.02', 30)], 'correction 30', { claimed: undefined, behind: undefined }],
  ['what was charged is said once', become(working(), executed('a.01', 40)), [charged('a.01', 1), charged('a.01', 1)], 'commission'],
  ['a charge for an execution that is not here', working(), [charged('a.01', 1)], ''],
]);

const BAG = { ...AAPL, conId: 0, secType: 'BAG' };
const filledBy = (record: OrderRecord): string => record.fills.filled.toFixed();

describe('what is counted', () => {
  it('the same execution again fills nothing, a correction replaces', () => {
    const once = become(working(), executed('a.01', 40));
    expect([once, become(once, executed('a.01', 40)), become(once, executed('a.02', 30))].map(filledBy)).toEqual([
      '40',
      '40',
      '30',
    ]);
  });
  it('legs do not fill the order that turns out to be a combination', () => {
    const legs = become(found(), executed('a.01', 1), executed('b.01', 1));
    const bag = become(legs, report({}, BAG));
    expect([legs, bag, become(bag, executed('c.01', 1, BAG))].map(filledBy)).toEqual(['2', '0', '1']);
  });
  it('a status that is said again is a line with a count', () => {
    const { statuses } = become(working(), status('Submitted'), status('Submitted'));
    expect([statuses.size, statuses.last?.times]).toEqual([1, 3]);
  });
  it('the largest quantity that was called filled stands', () =>
    expect(become(working(), status('Submitted', '40'), status('Submitted', '30')).claimed?.toFixed()).toBe('40'));
  it('a fill says whether a question brought it', () => {
    const [, said] = told(working(), [{ ...executed('a.01', 1), isAnswer: true } as Happening]);
    expect(said).toEqual(['fill 1 missed']);
  });
});
