// Endpoints of the Web API: forecast.

import { endpoint } from '../endpoint.js';
import { list, object } from '../shape.js';

export const forecastEndpoints = {
  'GET /forecast/category/tree': endpoint({
    needs: 'outer',
    answer: object('', { categories: object('', { categoryId: object('name parent_id', { markets: list('any') }) }) }),
    grade: 'D',
  }),
  'GET /forecast/contract/details': endpoint({
    needs: 'outer',
    query: 'conid!',
    answer: object(`conid_yes:int conid_no:int question side strike_label strike:num exchange expiration symbol logo_category
      measured_period market_name underlying_conid:int category payout:num product_conid:int is_restricted:flag`),
    grade: 'D',
  }),
  'GET /forecast/contract/market': endpoint({
    needs: 'outer',
    query: 'underlyingConid! exchange',
    answer: object('market_name exchange symbol logo_category exclude_historical_data:flag payout:num', {
      contracts: list('conid:int side expiration strike:num strike_label expiry_label underlying_conid:int time_specifier'),
    }),
    grade: 'D',
  }),
  'GET /forecast/contract/rules': endpoint({
    needs: 'outer',
    query: 'conid!',
    answer: object(`asset_class description market_name measured_period threshold source_agency data_and_resolution_link
      last_trade_time:int product_code market_rules_link release_time:int payout_time:int payout price_increment
      exchange_timezone`),
    grade: 'D',
  }),
  'GET /forecast/contract/schedules': endpoint({
    needs: 'outer',
    query: 'conid!',
    answer: object('timezone', { trading_schedules: list('any') }),
    grade: 'D',
  }),
} as const;
