// The calls of @stoqey/ib about orders and accounts, each as the request that it is.

import { EventEmitter } from 'eventemitter3';
import type { OutgoingKind, RequestInput } from '../../protocol/registry.js';
import type { EventArguments } from './event-arguments.js';
import type { FADataType, OptionExerciseAction } from './names.js';
import { type Contract, type Order, wireContract, wireOrder } from './records.js';

/** Which executions are asked for. */
export interface ExecutionFilter {
  clientId?: string | number;
  acctCode?: string;
  time?: string;
  symbol?: string;
  secType?: string;
  exchange?: string;
  side?: string;
}

/** What goes with a cancel. */
export type OrderCancel = NonNullable<RequestInput<'cancelOrder'>['orderCancel']>;

/** Calls about orders and accounts. */
export abstract class AccountRequests extends EventEmitter<EventArguments> {
  /** Sends it now, or when the session is ready. */
  protected abstract ask<K extends OutgoingKind>(kind: K, message: RequestInput<K>): this;

  // --- orders ---
  placeOrder(id: number, contract: Contract, order: Order): this {
    return this.ask('placeOrder', { orderId: id, ...wireOrder(contract, order) });
  }
  cancelOrder(orderId: number, orderCancel?: string | OrderCancel): this {
    const given = typeof orderCancel === 'string' ? { manualOrderCancelTime: orderCancel } : orderCancel;
    return this.ask('cancelOrder', { orderId, ...(given !== undefined && { orderCancel: given }) });
  }
  reqGlobalCancel(orderCancel?: OrderCancel): this {
    return this.ask('reqGlobalCancel', orderCancel === undefined ? {} : { orderCancel });
  }
  exerciseOptions(
    reqId: number,
    contract: Contract,
    exerciseAction: OptionExerciseAction,
    exerciseQuantity: number,
    account: string,
    override: number,
  ): this {
    const terms = { exerciseAction, exerciseQuantity, account, override };
    return this.ask('exerciseOptions', { reqId, contract: wireContract(contract), ...terms });
  }
  reqIds(numIds = 0): this {
    return this.ask('reqIds', { numIds });
  }
  reqOpenOrders(): this {
    return this.ask('reqOpenOrders', {});
  }
  reqAllOpenOrders(): this {
    return this.ask('reqAllOpenOrders', {});
  }
  reqAutoOpenOrders(autoBind: boolean): this {
    return this.ask('reqAutoOpenOrders', { autoBind });
  }
  reqCompletedOrders(apiOnly: boolean): this {
    return this.ask('reqCompletedOrders', { apiOnly });
  }
  reqExecutions(reqId: number, filter: ExecutionFilter): this {
    const { clientId, ...rest } = filter;
    const whose = clientId === undefined || clientId === '' ? {} : { clientId: Number(clientId) };
    return this.ask('reqExecutions', { reqId, filter: { ...rest, ...whose } });
  }

  // --- accounts ---
  reqManagedAccts(): this {
    return this.ask('reqManagedAccts', {});
  }
  reqAccountSummary(reqId: number, group: string, tags: string): this {
    return this.ask('reqAccountSummary', { reqId, group, tags });
  }
  cancelAccountSummary(reqId: number): this {
    return this.ask('cancelAccountSummary', { reqId });
  }
  reqAccountUpdates(subscribe: boolean, acctCode: string | undefined): this {
    return this.ask('reqAccountUpdates', { subscribe, acctCode: acctCode ?? '' });
  }
  reqAccountUpdatesMulti(reqId: number, account: string, modelCode: string, ledgerAndNLV: boolean): this {
    return this.ask('reqAccountUpdatesMulti', { reqId, account, modelCode, ledgerAndNLV });
  }
  cancelAccountUpdatesMulti(reqId: number): this {
    return this.ask('cancelAccountUpdatesMulti', { reqId });
  }
  reqPositions(): this {
    return this.ask('reqPositions', {});
  }
  cancelPositions(): this {
    return this.ask('cancelPositions', {});
  }
  reqPositionsMulti(reqId: number, account: string, modelCode: string | null): this {
    return this.ask('reqPositionsMulti', { reqId, account, modelCode: modelCode ?? '' });
  }
  cancelPositionsMulti(reqId: number): this {
    return this.ask('cancelPositionsMulti', { reqId });
  }
  reqPnL(reqId: number, account: string, modelCode?: string | null): this {
    return this.ask('reqPnL', { reqId, account, modelCode: modelCode ?? '' });
  }
  cancelPnL(reqId: number): this {
    return this.ask('cancelPnL', { reqId });
  }
  reqPnLSingle(reqId: number, account: string, modelCode: string | undefined | null, conId: number): this {
    return this.ask('reqPnLSingle', { reqId, account, modelCode: modelCode ?? '', conId });
  }
  cancelPnLSingle(reqId: number): this {
    return this.ask('cancelPnLSingle', { reqId });
  }
  reqFamilyCodes(): this {
    return this.ask('reqFamilyCodes', {});
  }
  requestFA(faDataType: FADataType): this {
    return this.ask('requestFA', { faDataType });
  }
  replaceFA(reqId: number, faDataType: FADataType, cxml: string): this {
    return this.ask('replaceFA', { reqId, faDataType, cxml });
  }
  reqSoftDollarTiers(reqId: number): this {
    return this.ask('reqSoftDollarTiers', { reqId });
  }
}
