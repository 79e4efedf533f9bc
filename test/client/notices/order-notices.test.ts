// What notices mean for an order: recorded texts, and the states in which they come.

import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/client/notices/classify.js';
import type { NoticeTarget, Verdict } from '../../../src/client/notices/verdict.js';

const order = (asked: 'place' | 'modify' | 'cancel', working: boolean | undefined): NoticeTarget => ({
  is: 'order',
  asked,
  working,
});
const verdict = (code: number, text: string, target: NoticeTarget): Verdict => classify({ code, text }, target);

describe('a notice about an order', () => {
  it('201 rejects a new order; on a change of a working one the order lives', () => {
    const text = 'Order rejected - reason:FX trade would expose account to currency leverage.';
    expect(verdict(201, text, order('place', false))).toEqual({ means: 'orderRejected', refusal: 'other', reconcile: false });
    expect(verdict(201, text, order('modify', true))).toEqual({ means: 'modifyRefused', reconcile: true });
    expect(verdict(201, text, order('place', true))).toEqual({ means: 'orderRejected', refusal: 'other', reconcile: true });
  });

  it('202 is a cancel: by the user when no reason stands behind the colon, by the system when one does', () => {
    const by = (text: string) => verdict(202, text, order('place', true));
    expect(by('Order Canceled - reason:')).toEqual({ means: 'orderCancelled', by: 'user', reason: undefined });
    expect(by('Order Canceled - reason:Vwap: start time is after close time')).toEqual({
      means: 'orderCancelled',
      by: 'system',
      reason: 'Vwap: start time is after close time',
    });
    expect(by('订单已取消')).toEqual({ means: 'orderCancelled', by: 'unknown', reason: undefined });
    expect(verdict(202, '订单已取消', order('cancel', true))).toMatchObject({ by: 'user' });
  });

  it('399, 404, 481, 10167 and 10349 leave the order alive', () => {
    const text =
      'Order Message:\nBUY 1 AAPL NASDAQ.NMS\nWarning: Your order will not be placed at the exchange until 09:30:00 US/Eastern.';
    expect(verdict(399, text, order('place', false))).toEqual({ means: 'orderNotice', reconcile: false });
    expect(verdict(399, 'Mensaje de orden: advertencia', order('place', false))).toEqual({
      means: 'orderNotice',
      reconcile: true,
    });
    for (const code of [404, 481, 10167, 10349, 2109, 2111]) {
      expect(verdict(code, '', order('place', true))).toEqual({ means: 'orderNotice', reconcile: false });
    }
  });

  it.each([10052, 10058, 10063, 10355, 10371, 10372])('%i ends a new order', (code) => {
    expect(verdict(code, '', order('place', false))).toMatchObject({ means: 'orderRejected' });
  });

  it.each([329, 10212, 10326, 10327])('%i leaves a working order as it was', (code) => {
    expect(verdict(code, '', order('modify', true))).toMatchObject({ means: 'modifyRefused' });
  });

  it('110, 105 and 321 kill a new order and leave a working one as it was', () => {
    for (const code of [110, 105, 321]) {
      expect(verdict(code, '', order('place', false))).toMatchObject({ means: 'orderRejected', reconcile: false });
      expect(verdict(code, '', order('modify', true))).toEqual({ means: 'modifyRefused', reconcile: false });
      expect(verdict(code, '', order('modify', false))).toMatchObject({ means: 'orderRejected', reconcile: true });
    }
  });

  it('104, 462 and 2102 only speak of the change', () => {
    for (const working of [true, false, undefined]) {
      expect(verdict(462, 'Order modify failed. Cannot change to the new Time in Force.DAY', order('modify', working))).toEqual({
        means: 'modifyRefused',
        reconcile: false,
      });
      expect(verdict(104, '', order('modify', working))).toEqual({ means: 'modifyRefused', reconcile: true });
    }
  });

  it('10147, 10148 and 161 are verdicts about the cancel, with id and state read in any language', () => {
    const none = { orderId: undefined, permId: undefined, state: undefined };
    expect(verdict(10147, 'OrderId 458 that needs to be cancelled is not found.', order('cancel', true))).toEqual({
      means: 'cancelRefused',
      ...none,
      orderId: 458,
    });
    expect(
      verdict(10148, 'OrderId 458 that needs to be cancelled cannot be cancelled, state: Cancelled.', order('cancel', true)),
    ).toEqual({
      means: 'cancelRefused',
      ...none,
      orderId: 458,
      state: 'Cancelled',
    });
    expect(verdict(10148, '无法取消订单 458,状态:Filled。', order('cancel', true))).toMatchObject({
      orderId: 458,
      state: 'Filled',
    });
    expect(verdict(10148, 'OrderId 458 cannot be cancelled, state: Ausgefuehrt', order('cancel', true))).toMatchObject({
      state: undefined,
    });
    expect(
      verdict(161, 'Cancel attempted when order is not in a cancellable state.  Order permId =312255395', order('place', true)),
    ).toEqual({
      means: 'cancelRefused',
      ...none,
      permId: '312255395',
    });
  });

  it('135 ends the child of a dead parent, and answers a cancel', () => {
    expect(verdict(135, "Can't find order with id =5", order('place', false))).toMatchObject({ means: 'orderRejected' });
    expect(verdict(135, "Can't find order with id =5", order('cancel', true))).toMatchObject({ means: 'cancelRefused' });
  });

  it('an unknown code, an unknown state and an unreadable frame leave the order open', () => {
    expect(verdict(10999, 'Order cancelled and rejected', order('place', false))).toEqual({ means: 'orderUnclear' });
    expect(verdict(201, 'Order rejected', order('place', undefined))).toEqual({ means: 'orderUnclear' });
    expect(verdict(320, '', order('place', false))).toEqual({ means: 'orderUnclear' });
    expect(verdict(110, '', order('place', true))).toEqual({ means: 'orderUnclear' });
  });

  it('a duplicate order id says nothing about the first order with that id', () => {
    expect(verdict(103, 'Duplicate order id', order('place', false))).toEqual({
      means: 'orderRejected',
      refusal: 'duplicateId',
      reconcile: true,
    });
  });
});
