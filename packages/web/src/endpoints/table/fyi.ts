// Endpoints of the Web API: fyi.

import { endpoint } from '../endpoint.js';
import { list, object } from '../shape.js';

export const fyiEndpoints = {
  'GET /fyi/deliveryoptions': endpoint({ needs: 'outer', pace: '1/1s', answer: object('M:int', { E: list('any') }), grade: 'D' }),
  'POST /fyi/deliveryoptions/device': endpoint({
    needs: 'outer',
    pace: '1/1s',
    body: object('deviceName deviceId uiName enabled:flag'),
    answer: object('V:int T:int'),
    grade: 'D',
  }),
  'PUT /fyi/deliveryoptions/email': endpoint({
    needs: 'outer',
    pace: '1/1s',
    query: 'enabled!',
    answer: object('V:int T:int'),
    grade: 'D',
  }),
  'DELETE /fyi/deliveryoptions/{deviceId}': endpoint({ needs: 'outer', pace: '1/1s', answer: 'any', grade: 'D' }),
  'GET /fyi/disclaimer/{typecode}': endpoint({ needs: 'outer', pace: '1/1s', answer: object('FC DT'), grade: 'D' }),
  'PUT /fyi/disclaimer/{typecode}': endpoint({ needs: 'outer', pace: '1/1s', answer: object('V:int T:int'), grade: 'D' }),
  'GET /fyi/notifications': endpoint({
    needs: 'outer',
    pace: '1/1s',
    query: 'max:int! include exclude id',
    answer: list('R D MS MD ID HT:int FC'),
    grade: 'D',
  }),
  'PUT /fyi/notifications/{notificationId}': endpoint({
    needs: 'outer',
    pace: '1/1s',
    answer: object('V:int T:int', { P: object('R:int ID') }),
    grade: 'D',
  }),
  'GET /fyi/settings': endpoint({ needs: 'outer', pace: '1/1s', answer: list('A:int FC H:int FD FN'), grade: 'D' }),
  'POST /fyi/settings/{typecode}': endpoint({
    needs: 'outer',
    pace: '1/1s',
    body: object('enabled:flag'),
    answer: object('V:int T:int'),
    grade: 'D',
  }),
  'GET /fyi/unreadnumber': endpoint({ needs: 'outer', pace: '1/1s', answer: object('BN:int'), grade: 'D' }),
} as const;
