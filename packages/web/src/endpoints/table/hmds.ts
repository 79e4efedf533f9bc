// Endpoints of the Web API: hmds.

import { endpoint } from '../endpoint.js';
import { either, list, object } from '../shape.js';

export const hmdsEndpoints = {
  'POST /hmds/auth/init': endpoint({
    needs: 'hmds',
    answer: 'any',
    notes: ['call before /hmds/scanner or /hmds/history, else a first 404'],
    grade: 'D',
  }),
  'GET /hmds/history': endpoint({
    needs: 'hmds',
    query: 'conid! barType:Last|Bid|Ask|Midpoint|FeeRate|Inventory startTime period! direction bar! outsideRth:flag',
    answer: object('startTime startTimeVal:int endTime endTimeVal:int points:int mktDataDelay:int', {
      data: list('t:int o:num c:num h:num l:num v:num'),
    }),
    grade: 'D-old',
  }),
  'POST /hmds/scanner': endpoint({
    needs: 'hmds',
    body: object('instrument locations scanCode secType delayedLocations maxItems:int', { filters: list('') }),
    answer: object('total size:num offset scanTime id:id position:num', {
      Contracts: object('', { Contract: list('inScanTime contractID:int') }),
    }),
    notes: ['404 observed on the live service by one project'],
    grade: 'D',
  }),
  'GET /hmds/scanner/params': endpoint({
    needs: 'hmds',
    answer: object('', { scan_type_list: list('any'), instrument_list: list('any'), location_tree: list('any') }),
    grade: 'D-old',
  }),
  'POST /hmds/scanner/run': endpoint({
    needs: 'hmds',
    body: object('instrument locations scanCode secType delayedLocations maxItems:int', { filters: list('any') }),
    answer: object('total:int size:num offset:int scanTime id:id position:num warningText', {
      Contracts: object('', { Contract: list('any') }),
    }),
    grade: 'D-old',
  }),
  'GET /iserver/scanner/params': endpoint({
    needs: 'brokerage',
    pace: '1/900s',
    answer: object('', {
      scan_type_list: list('display_name code', { instruments: list('any') }),
      instrument_list: list('display_name type', { filters: list('any') }),
      filter_list: list('group display_name code type', { combo_values: list('default:flag vendor:any') }),
      location_tree: list('display_name type', {
        locations: list('display_name type', { locations: list('display_name type') }),
      }),
    }),
    notes: ['about 200 kB; cache for the day'],
    grade: 'D',
  }),
  'POST /iserver/scanner/run': endpoint({
    needs: 'brokerage',
    pace: '1/1s',
    body: object('instrument type location', { filter: list('code', { value: either('text', 'int', 'flag', 'num') }) }),
    answer: object('scan_data_column_name', {
      contracts: list(`server_id:id column_name symbol conidex con_id:int available_chart_periods company_name
        contract_description_1 listing_exchange sec_type`),
    }),
    grade: 'D',
  }),
} as const;
