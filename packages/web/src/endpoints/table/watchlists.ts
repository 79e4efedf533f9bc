// Endpoints of the Web API: watchlists.

import { endpoint } from '../endpoint.js';
import { list, object } from '../shape.js';

export const watchlistsEndpoints = {
  'DELETE /iserver/watchlist': endpoint({
    needs: 'brokerage',
    query: 'id!',
    answer: object('action MID', { data: object('deleted') }),
    grade: 'D',
  }),
  'GET /iserver/watchlist': endpoint({
    needs: 'brokerage',
    query: 'id!',
    answer: object('id:id hash name readOnly:flag', {
      instruments: list(`ST:STK|OPT|FUT|BOND|FUND|WAR|CASH|CRYPTO C conid:int name fullName
        assetClass:STK|OPT|FUT|BOND|FUND|WAR|CASH|CRYPTO ticker chineseName`),
    }),
    grade: 'D',
  }),
  'POST /iserver/watchlist': endpoint({
    needs: 'brokerage',
    body: object('id! name!', { 'rows!': list('any') }),
    answer: object('id:id hash name readOnly:flag', { instruments: list('text') }),
    grade: 'D',
  }),
  'GET /iserver/watchlists': endpoint({
    needs: 'brokerage',
    query: 'SC',
    answer: object('action MID', {
      data: object('scanners_only:flag show_scanners:flag bulk_delete:flag', {
        user_lists: list('is_open:flag read_only:flag name modified:int id:id type'),
      }),
    }),
    grade: 'D',
  }),
} as const;
