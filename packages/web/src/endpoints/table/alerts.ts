// Endpoints of the Web API: alerts.

import { endpoint } from '../endpoint.js';
import { either, list, object } from '../shape.js';

export const alertsEndpoints = {
  'GET /iserver/account/alert/{alertId}': endpoint({
    needs: 'brokerage',
    query: 'type!',
    answer: object(
      `account order_id:id alertName tif expire_time alert_active:int alert_repeatable:int alert_email
      alert_send_message:int alert_message alert_show_popup:int alert_play_audio:int
      order_status:Presubmitted|Submitted alert_triggered:any fg_color bg_color order_not_editable:flag
      itws_orders_only:int alert_mta_currency alert_mta_defaults tool_id:id time_zone alert_default_type:int
      condition_size:int condition_outside_rth:int alert_name`,
      {
        conditions: list(`condition_type:int conidex contract_description_1 condition_operator condition_trigger_method:int
        condition_value condition_logic_bind condition_time_zone`),
      },
    ),
    grade: 'D',
  }),
  'GET /iserver/account/mta': endpoint({
    needs: 'brokerage',
    answer: either(
      object(
        `account order_id:id alertName tif expire_time alert_active:int alert_repeatable:int alert_email
        alert_send_message:int alert_message alert_show_popup:int alert_play_audio:int
        order_status:Presubmitted|Submitted alert_triggered:int fg_color bg_color order_not_editable:flag
        itws_orders_only:int alert_mta_currency alert_mta_defaults tool_id:id time_zone alert_default_type:int
        condition_size:int condition_outside_rth:int`,
        {
          conditions: list(`condition_type:int conidex contract_description_1 condition_operator condition_trigger_method:int
          condition_value condition_logic_bind:flag condition_time_zone`),
        },
      ),
      list('account order_id:id alert_name alert_active:int alert_repeatable:int order_time alert_triggered:flag'),
    ),
    grade: 'D',
  }),
  'POST /iserver/account/{accountId}/alert': endpoint({
    needs: 'brokerage',
    body: object(
      `orderId:id alertName! alertMessage! alertRepeatable:int! email expireTime iTWSOrdersOnly:int outsideRth:int!
      sendMessage:int showPopup:int tif:GTC|GTD!`,
      { 'conditions!': list('any') },
    ),
    answer: object('request_id:id order_id:id success:flag text order_status warning_message'),
    grade: 'D',
  }),
  'POST /iserver/account/{accountId}/alert/activate': endpoint({
    needs: 'brokerage',
    body: object('alertId:int! alertActive:int!'),
    answer: object('request_id:id order_id:id success:flag text failure_list'),
    grade: 'D',
  }),
  'DELETE /iserver/account/{accountId}/alert/{alertId}': endpoint({
    needs: 'brokerage',
    body: 'any',
    answer: object('request_id:id order_id:id success:flag text failure_list'),
    grade: 'D',
  }),
  'GET /iserver/account/{accountId}/alerts': endpoint({
    needs: 'brokerage',
    answer: list('order_id:id account alert_name alert_active:int order_time alert_triggered:flag alert_repeatable:int'),
    grade: 'D',
  }),
} as const;
