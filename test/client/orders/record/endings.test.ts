// The reducer, transition by transition: how an order ends, what is doubted, and what lives after its end.

import { expect, it } from 'vitest';
import type { Verdict } from '../../../../src/client/notices/verdict.js';
import type { Happening } from '../../../../src/client/orders/book.js';
import {
  at,
  become,
  cancelled,
  cancelling,
  charged,
  completed,
  DRAFT,
  due,
  executed,
  found,
  gone,
  lost,
  notice,
  placed,
  rejected,
  report,
  sent,
  status,
  stories,
  told,
  working,
} from './story.js';

const told399 = (means: Verdict['means'], more: object = {}): Happening => notice(399, { means, ...more } as Verdict);
const listed = (word: string): Happening => ({ is: 'listed', status: word });
const unlisted: Happening = { is: 'unlisted' };
const answered: Happening = { is: 'answered' };
const withdrawn: Happening = { is: 'withdrawn' };
const doubted = (why: 'disconnected' | 'vanished'): Happening => ({ is: 'doubted', why });
const unclear = (why: string) => ({ state: { at: 'unclear', why } });
const by = (who: string, text: string) => ({ end: { reason: { by: who, text } } });
const CANCELLED = 'state cancelled, end cancelled, askChildren';
const REJECTED = 'state rejected, end rejected, askChildren';

// biome-ignore format: a table, a situation a line
stories('an end', [
  ['taken back before it left', placed(), [withdrawn], CANCELLED, by('user', 'cancelled before it left')],
  ['what has left cannot be taken back', working(), [withdrawn], '', at('working')],
  ['what others placed cannot be taken back', found(), [withdrawn], '', at('sent')],
  ['a status without a word waits half a second for the reason', working(), [status('Cancelled'), due(499), due(500)],
    'status Cancelled, state cancelled, wait ending 500, end cancelled, askChildren, wait ending no more'],
  ['cancelled here it needs no reason', become(working(), cancelling), [status('Cancelled')], `status Cancelled, ${CANCELLED}`,
    by('user', '')],
  ['told by 202', working(), [cancelled], `${CANCELLED}, notice 202 orderCancelled`, by('user', 'on request')],
  ['by the system is by the gateway', working(), [told399('orderCancelled', { by: 'system' })],
    `${CANCELLED}, notice 399 orderCancelled`, by('gateway', '')],
  ['told by a refusal', working(), [rejected], `${REJECTED}, notice 201 orderRejected`, { end: { reason: { code: 201 } } }],
  ['told by a refusal that is not certain waits for the answer', working(), [told399('orderRejected', { reconcile: true }), answered],
    `ask notice, state unclear, notice 399 orderRejected, ${REJECTED}`],
  ['found out', working(), [gone], CANCELLED, by('gateway', 'gone')],
  ['never arrived', working(), [lost], REJECTED, by('client', 'never arrived')],
  ['a refusal counts more than a cancel behind it', working(), [lost, gone], REJECTED, at('rejected')],
  ['a refusal behind a cancel is said, the end is not said again', working(), [gone, lost], `${CANCELLED}, state rejected`],
  ['filled ends when everything charged is known', become(working(), executed('a.01', 100)), [charged('a.01', 1)],
    'commission, end filled, wait ending no more', { end: { at: 'filled', isReported: true } }],
  ['or when it has waited three seconds for it', become(working(), executed('a.01', 100)), [due(2_999), due(3_000)],
    'end filled, wait ending no more', { end: { isReported: false } }],
]);

const changing = become(working(), { is: 'changing', draft: { ...DRAFT, lmtPrice: 11 } });
const ending = become(working(), cancelled);
const child = become(placed({ parentId: 3 }), sent);
const tooSoon = notice(10006, { means: 'orderUnclear' });
const UNCLEAR = 'ask notice, state unclear, notice 10006 orderUnclear';

// biome-ignore format: a table, a situation a line
stories('a notice', [
  ['that leaves it alone', working(), [told399('orderNotice', { reconcile: false })], 'notice 399 orderNotice', at('working')],
  ['that wants a question', working(), [told399('orderNotice', { reconcile: true })], 'ask notice, notice 399 orderNotice',
    { isQuestioned: true }],
  ['that makes it unclear, whatever else is answered, and is asked about again', working(), [told399('orderUnclear'), answered],
    'ask notice, state unclear, notice 399 orderUnclear, wait behind 1000', unclear('notice')],
  ['that refuses a change', changing, [told399('modifyRefused', { reconcile: false })], 'notice 399 modifyRefused',
    { asked: 'place', isQuestioned: false }],
  ['that refuses a change, for now', changing, [told399('modifyRefused', { reconcile: true })],
    'ask notice, notice 399 modifyRefused', { asked: 'place', isQuestioned: true }],
  ['that refuses a cancel', become(working(), cancelling), [told399('cancelRefused')],
    'ask cancel, state working, notice 399 cancelRefused', { asked: 'place', isCancelAsked: false, isQuestioned: true }],
  ['161 behind the 202 of a staged order', ending, [told399('cancelRefused')], 'notice 399 cancelRefused', { isQuestioned: false }],
  ['with a state that contradicts its end', ending, [told399('cancelRefused', { state: 'Filled' })],
    'ask cancel, notice 399 cancelRefused', { isQuestioned: true }],
  ['of other things', working(), [told399('notice')], 'notice 399 notice', at('working')],
  ['10006 sends a child once more, and once only', child, [tooSoon, tooSoon], `retry, notice 10006 orderUnclear, ${UNCLEAR}`,
    { isRetried: true }],
  ['10006 for a child of an earlier run that is being changed',
    become(found(), report({ parentId: 3 }), { is: 'changing', draft: DRAFT }), [tooSoon], UNCLEAR, { isRetried: false }],
  ['10006 without a parent', become(placed(), sent), [tooSoon], UNCLEAR, { isRetried: false }],
  ['10006 for a child of others', become(found(), report({ parentId: 3 })), [tooSoon], UNCLEAR, { isRetried: false }],
]);

it('a thousand notices are kept, and all are said', () => {
  const many = Array.from({ length: 1_001 }, () => told399('notice'));
  const [record, said] = told(working(), many);
  expect([record.notices.size, said.length]).toEqual([1_000, 1_001]);
});

// biome-ignore format: a table, a situation a line
stories('the list of completed orders', [
  ['cancelled by its user', working(), [completed('Cancelled', 'Cancelled by Trader')], `status Cancelled, ${CANCELLED}`,
    by('user', 'Cancelled by Trader')],
  ['cancelled by the system', working(), [completed('ApiCancelled', 'Cancelled by System')], `status ApiCancelled, ${CANCELLED}`,
    by('gateway', 'Cancelled by System')],
  ['cancelled, nobody knows by whom', working(), [completed('Cancelled', '')], `status Cancelled, ${CANCELLED}`, by('unknown', '')],
  ['refused', working(), [completed('Inactive', 'Rejected by System: no')], `status Inactive, ${REJECTED}`,
    by('gateway', 'Rejected by System: no')],
  ['inactive, with words of an end', working(), [completed('Inactive', 'Cancelled by Trader')], `status Inactive, ${CANCELLED}`,
    by('user', 'Cancelled by Trader')],
  ['inactive, without a word', working(), [completed('Inactive', '')], 'status Inactive, state inactive'],
  ['filled counts by its executions', working(), [completed('Filled', 'Filled Size: 100')],
    'status Filled, state unclear, wait behind 1000', unclear('fillsMissing')],
  ['the same again', become(working(), completed('Inactive', '')), [completed('Inactive', '')], ''],
]);

const alleged = become(working(), told399('orderRejected', { reconcile: true }));

// biome-ignore format: a table, a situation a line
stories('an alleged refusal', [
  ['is asked about: it may have been a change', working(), [told399('orderRejected', { reconcile: true })],
    'ask notice, state unclear, notice 399 orderRejected', unclear('notice')],
  ['is none where a list names the order', alleged, [listed('Submitted'), answered], 'state working', { death: undefined }],
  ['is one where a list leaves it out', alleged, [unlisted], 'state rejected', { death: { is: 'refused' } }],
  ['is one where nothing speaks against it', alleged, [answered], REJECTED],
  ['is one where the order is called inactive', alleged, [status('Inactive')], 'status Inactive, state rejected'],
  ['or cancelled', alleged, [status('Cancelled')], 'status Cancelled, state rejected'],
  ['or is known to be over', alleged, [gone], 'state rejected'],
  ['stays one while a word calls it working', alleged, [status('PreSubmitted')], 'status PreSubmitted', unclear('notice')],
  ['may come as a cancel, with its error behind it', become(working(), status('Cancelled')), [told399('orderUnclear'), answered],
    'ask notice, wait ending no more, notice 399 orderUnclear, state rejected, end rejected, askChildren'],
  ['that came as a cancel is not taken back by a list that is older than the cancel',
    become(working(), status('Cancelled'), told399('orderUnclear')), [listed('Submitted'), answered], REJECTED],
]);

const denied = become(working(), cancelled, status('Submitted'));
const LIVES = 'state working, reopened';

// biome-ignore format: a table, a situation a line
stories('after its end', [
  ['a living word is asked about, and changes nothing', ending, [status('Submitted')], 'ask contradiction', at('cancelled')],
  ['a living word behind a broken link is asked about too', become(working(), doubted('disconnected'), cancelled),
    [status('Submitted')], 'ask contradiction', { doubt: 'contradiction' }],
  ['listed behind that word it lives', denied, [listed('Submitted')], LIVES, { doubt: undefined, death: undefined }],
  ['and its status is said where it is another one', denied, [listed('PreSubmitted')], 'status PreSubmitted, state accepted, reopened'],
  ['not listed it has ended', denied, [unlisted], '', { ...at('cancelled'), doubt: undefined }],
  ['a list that is older than the end says nothing', ending, [listed('Submitted')], '', at('cancelled')],
  ['nor where the end was told again by a status', become(denied, status('Cancelled')), [listed('Submitted')], '', at('cancelled')],
  ['by a notice', become(denied, cancelled), [listed('Submitted')], '', at('cancelled')],
  ['by a refusal', become(denied, rejected), [listed('Submitted')], '', at('rejected')],
  ['by a cancel of what was refused', become(working(), lost, status('Submitted'), gone), [listed('Submitted')], '', at('rejected')],
  ['by the completed orders', become(denied, completed('Cancelled', 'by Trader')), [listed('Submitted')], '', at('cancelled')],
  ['a word that says neither does not end it again', become(denied, status('Odd')), [listed('Submitted')],
    `status Submitted, ${LIVES}`],
  ['a child may pass through cancelled before it is accepted', become(child, status('Cancelled')), [status('PreSubmitted')],
    'status PreSubmitted, state accepted, reopened, wait ending no more'],
  ['not a child whose cancel was asked for', become(child, cancelling, status('Cancelled')), [status('PreSubmitted')],
    'status PreSubmitted, ask contradiction', at('cancelled')],
  ['not a child whose end has a reason', become(child, cancelled), [status('PreSubmitted')],
    'status PreSubmitted, ask contradiction', at('cancelled')],
  ['inactive behind it is no sign of life: so gateways call what they refused', become(working(), status('Cancelled')),
    [status('Inactive')], 'status Inactive', { ...at('cancelled'), doubt: undefined }],
  ['nor in the list of completed orders', become(working(), rejected), [completed('Inactive', '')], 'status Inactive',
    { ...at('rejected'), doubt: undefined }],
  ['not a child that was filled', become(child, executed('a.01', 100), status('Filled')), [status('PreSubmitted')],
    'status PreSubmitted, ask contradiction', at('filled')],
]);

// biome-ignore format: a table, a situation a line
stories('a doubt', [
  ['by a broken link', working(), [doubted('disconnected')], 'state unclear', unclear('disconnected')],
  ['ends when a list names the order', become(working(), doubted('disconnected')), [listed('Submitted')], 'state working'],
  ['does not end when a list leaves it out', become(working(), doubted('disconnected')), [unlisted], '', unclear('disconnected')],
  ['does not end with a living word', become(working(), doubted('disconnected')), [status('PreSubmitted')], 'status PreSubmitted',
    unclear('disconnected')],
  ['of one that had vanished does', become(working(), doubted('vanished')), [status('PreSubmitted')],
    'status PreSubmitted, state accepted'],
  ['of one that had vanished, with an idle one', become(working(), doubted('vanished')), [status('Inactive')],
    'status Inactive, state inactive'],
  ['a question holds the end back until it is answered', become(working(), { is: 'question', cause: 'asked' }, cancelled),
    [due(9_999), answered], 'end cancelled, askChildren'],
]);
