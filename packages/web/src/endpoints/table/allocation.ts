// Endpoints of the Web API: allocation.

import { endpoint } from '../endpoint.js';
import { list, object } from '../shape.js';

export const allocationEndpoints = {
  'GET /iserver/account/allocation/accounts': endpoint({
    needs: 'brokerage',
    answer: object('', { accounts: list('name', { data: list('any') }) }),
    grade: 'D',
  }),
  'GET /iserver/account/allocation/group': endpoint({
    needs: 'brokerage',
    answer: object('', { data: list('any') }),
    grade: 'D',
  }),
  'POST /iserver/account/allocation/group': endpoint({
    needs: 'brokerage',
    body: object('name! default_method:A|E|N|C|P|R|S!', { 'accounts!': list('any') }),
    answer: object('success:flag'),
    grade: 'D',
  }),
  'PUT /iserver/account/allocation/group': endpoint({
    needs: 'brokerage',
    body: object('name! prev_name default_method:A|E|N|C|P|R|S!', { 'accounts!': list('any') }),
    answer: object('success:flag'),
    grade: 'D',
  }),
  'POST /iserver/account/allocation/group/delete': endpoint({
    needs: 'brokerage',
    body: object('name!'),
    answer: object('success:flag'),
    grade: 'D',
  }),
  'POST /iserver/account/allocation/group/single': endpoint({
    needs: 'brokerage',
    body: object('name!'),
    answer: object('name default_method:A|E|N|C|P|R|S', { accounts: list('any') }),
    grade: 'D',
  }),
  'GET /iserver/account/allocation/presets': endpoint({
    needs: 'brokerage',
    answer: object(`group_auto_close_positions:flag default_method_for_all:AvailableEquity|E|N|C|P|R|S
      profiles_auto_close_positions:flag strict_credit_check:flag group_proportional_allocation:flag`),
    grade: 'D',
  }),
  'POST /iserver/account/allocation/presets': endpoint({
    needs: 'brokerage',
    body: object(`group_auto_close_positions:flag default_method_for_all:AvailableEquity|E|N|C|P|R|S
      profiles_auto_close_positions:flag strict_credit_check:flag group_proportional_allocation:flag`),
    answer: object('success:flag'),
    grade: 'D',
  }),
} as const;
