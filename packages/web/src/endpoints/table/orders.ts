// Endpoints of the Web API: orders.

import { endpoint } from '../endpoint.js';
import { either, list, map, object } from '../shape.js';

/** An order as it is sent: one ticket. */
const ticket = object(
  `acctId conid:int! conidex secType cOID parentId listingExchange isSingleGroup:flag outsideRTH:flag
      allOrNone:flag auxPrice:num ticker trailingAmt:num trailingType:amt|% referrer cashQty:num useAdaptive:flag
      isCcyConv:flag orderType! price:num side:BUY|SELL! tif:DAY|IOC|GTC|OPG|PAX! quantity:num! strategy
      extOperator manualIndicator:flag taxOptimizerId`,
  {
    strategyParameters: map('text'),
    jsonPayload: object('', { allocation_profile: object('alloc_type:SHARE|CASH', { allocations: list('any') }) }),
  },
);

export const ordersEndpoints = {
  'GET /iserver/account/order/status/{orderId}': endpoint({
    needs: 'brokerage',
    answer: object(`sub_type request_id:id server_id:id order_id:id conidex conid:int symbol side:BUY|SELL
      contract_description_1 listing_exchange option_acct company_name size:num total_size:num currency account
      order_type cum_fill:num
      order_status:Inactive|PendingSubmit|PreSubmitted|Submitted|Filled|PendingCancel|Cancelled|WarnState
      order_ccp_status order_status_description tif:DAY|IOC|GTC|OPG|PAX fgColor bgColor order_not_editable:flag
      editable_fields cannot_cancel_order:flag deactivate_order:flag
      sec_type:STK|OPT|FUT|FOP|CASH|CRYPTO|BOND|WAR|FUND available_chart_periods order_description
      order_description_with_contract alert_active:int child_order_type:0|A|B order_clearing_account
      size_and_fills exit_strategy_display_price exit_strategy_chart_description average_price:num
      exit_strategy_tool_availability allowed_duplicate_opposite:flag order_time limit_price:num fg_color bg_color
      clearing_id clearing_name`),
    notes: [
      'documented 503 for orders of earlier sessions; measured 200 for working and same-day filled ones',
      'side is B/S, size is the REMAINING size',
    ],
    grade: 'D',
  }),
  'GET /iserver/account/orders': endpoint({
    needs: 'brokerage',
    pace: '1/5s',
    query: 'filters force:flag',
    answer: either(
      object('snapshot:flag', {
        orders:
          list(`account acct auxPrice:num avgPrice:num bgColor cashCcy companyName conid:int conidex description1 description2
          exchange fgColor filledQuantity:num isEventTrading:0|1 lastExecutionTime lastExecutionTime_r:int
          listingExchange orderDesc orderId:id order_ref orderType order_cancellation_by_system_reason order_ccp_status
          origOrderType price:num remainingQuantity:num secType side sizeAndFills
          status:Inactive|PendingSubmit|PreSubmitted|Submitted|Filled|PendingCancel|Cancelled|WarnState
          supportsTaxOpt:0|1 taxOptimizerId ticker timeInForce totalCashSize:num totalSize:num`),
      }),
      list(`account acct auxPrice:num bgColor cashCcy companyName conid:int conidex description1 fgColor filledQuantity:num
        lastExecutionTime lastExecutionTime_r:int listingExchange orderDesc orderId:id orderType order_ccp_status
        order_ref origOrderType outsideRTH:flag price:num remainingQuantity:num secType side sizeAndFills status
        supportsTaxOpt ticker timeInForce totalSize:num`),
    ),
    notes: [
      'first call of a session may be {"orders":[],"snapshot":false} although orders exist: poll until snapshot:true',
      'force=true clears the cache and itself answers an empty array; call again without it',
      'filters use lower snake case; a filtered call suppresses later sor frames until a force=true call',
      'max 1000 orders',
      'scope is the day, not the session (measured)',
    ],
    grade: 'D',
  }),
  'GET /iserver/account/trades': endpoint({
    needs: 'brokerage',
    pace: '1/5s',
    query: 'days:int',
    answer: list(`execution_id:id symbol supports_tax_opt:0|1 side:B|S order_description trade_time trade_time_r:int size:num
      price:num order_ref submitter exchange commission:num net_amount:num account accountCode
      account_allocation_name company_name contract_description_1
      sec_type:STK|OPT|FUT|FOP|CASH|CRYPTO|BOND|WAR|FUND listing_exchange conid:int conidEx clearing_id
      clearing_name liquidation_trade:0|1 is_event_trading:0|1 order_id:id position:num`),
    notes: ['days 1..7, counts trading days', 'first call of a session may be [] although trades exist'],
    grade: 'D',
  }),
  'DELETE /iserver/account/{accountId}/order/{orderId}': endpoint({
    needs: 'brokerage',
    query: 'extOperator manualIndicator:flag manualCancelTime:int',
    answer: either(object('msg order_id:id conid:int account'), object('error')),
    notes: [
      'ack says only that the request was taken',
      'conid -1 and account null: cancelled at once',
      'errors {"error":"OrderID 1 doesn\'t exist"} / "Order is inactive"',
    ],
    grade: 'D',
  }),
  'POST /iserver/account/{accountId}/order/{orderId}': endpoint({
    needs: 'brokerage',
    body: ticket,
    answer: either(
      list('order_id:id order_status encrypt_message text warning_message local_order_id:id parent_order_id:id'),
      object('error'),
      list('id:id isSuppressed:flag', { message: list('text'), messageIds: list('text') }),
      object('orderId:id reqId:id text type messageId prompt:flag', { dismissable: list('any'), options: list('text') }),
    ),
    notes: ['body is one ticket object, not an array; all fields of the original plus the change', 'may answer a question'],
    grade: 'D',
  }),
  'POST /iserver/account/{accountId}/orders': endpoint({
    needs: 'brokerage',
    body: object('', { orders: list(ticket) }),
    answer: either(
      list('order_id:id order_status encrypt_message text warning_message local_order_id:id parent_order_id:id'),
      object('error'),
      list('id:id isSuppressed:flag', { message: list('text'), messageIds: list('text'), messageOptions: list('text') }),
      object('orderId:id reqId:id text type messageId prompt:flag', { dismissable: list('any'), options: list('text') }),
    ),
    notes: [
      '200 in every case: success array, question array, {"error"} object, or advanced reject object',
      'body {"orders":[...]}; see orders.md',
      'more than one unrelated order per call is not supported',
    ],
    grade: 'D',
  }),
  'POST /iserver/account/{accountId}/orders/whatif': endpoint({
    needs: 'brokerage',
    body: object('', { orders: list(ticket) }),
    answer: object('warn error', {
      amount: object('amount commission total'),
      equity: object('current change after'),
      initial: object('current change after'),
      maintenance: object('current change after'),
      position: object('current change after'),
    }),
    notes: [
      'amounts are formatted strings with commas and units',
      'ask a snapshot of the conid first',
      'affected by suppressions',
    ],
    grade: 'D',
  }),
} as const;
