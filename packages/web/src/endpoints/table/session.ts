// Endpoints of the Web API: session.

import { endpoint } from '../endpoint.js';
import { either, list, object } from '../shape.js';

export const sessionEndpoints = {
  'POST /gw/api/v1/sso-browser-sessions': endpoint({
    needs: 'token',
    sends: 'text',
    body: object('credential! ip!'),
    answer: object('active:flag url'),
    grade: 'D',
  }),
  'POST /gw/api/v1/sso-sessions': endpoint({
    needs: 'token',
    sends: 'text',
    body: object('credential! ip! service', { alternativeIps: list('text') }),
    answer: object('active:flag access_token token_type'),
    notes: ['body is the signed JWT itself; base https://api.ibkr.com (no /v1/api)'],
    grade: 'D',
  }),
  'POST /iserver/auth/ssodh/init': endpoint({
    needs: 'brokerage',
    body: object('publish:flag compete:flag'),
    answer: object('authenticated:flag established:flag competing:flag connected:flag message MAC hardware_info fail', {
      serverInfo: object('serverName serverVersion'),
    }),
    notes: [
      'publish must be true or 500',
      'compete true takes the session from any other login of this username',
      '200 with authenticated:false means FAILED',
      'OAuth answer: passed, authenticated, connected, established, competing, hardware_info; no MAC, no serverInfo',
      'some gateways took a form body: compete, locale, mac (hyphens), machineId (hardware_info before the bar), username=-',
    ],
    grade: 'D',
  }),
  'POST /iserver/auth/status': endpoint({
    needs: 'brokerage',
    answer: object('authenticated:flag established:flag competing:flag connected:flag message MAC hardware_info fail', {
      serverInfo: object('serverName serverVersion'),
    }),
    notes: ['GET works too; one source says a gateway refused POST: try the other method on 400/405'],
    grade: 'D',
  }),
  'POST /iserver/notification': endpoint({
    needs: 'brokerage',
    body: object('orderId:int reqId text'),
    answer: 'text',
    notes: ['answers a server prompt that came as ntf on the websocket; response is plain text'],
    grade: 'D',
  }),
  'POST /iserver/questions/suppress': endpoint({
    needs: 'brokerage',
    body: object('', {
      messageIds: list('text'),
    }),
    answer: object('status'),
    notes: ['<= 51 ids, per session, resend the complete list', 'empty list 500, unknown id 200 (measured)'],
    grade: 'D',
  }),
  'POST /iserver/questions/suppress/reset': endpoint({ needs: 'brokerage', answer: object('status'), grade: 'D' }),
  'GET /iserver/reauthenticate': endpoint({ needs: 'brokerage', answer: object('message'), grade: 'D-old' }),
  'POST /iserver/reauthenticate': endpoint({
    needs: 'brokerage',
    answer: object('message:any'),
    notes: ['deprecated in favour of ssodh/init; some gateways still need it', 'GET in OpenAPI 2.20.0'],
    grade: 'D',
  }),
  'POST /iserver/reply/{replyId}': endpoint({
    needs: 'brokerage',
    body: object('confirmed:flag'),
    answer: either(
      list('order_id:id order_status encrypt_message text warning_message local_order_id:id parent_order_id:id'),
      list('id:id isSuppressed:flag', { message: list('text'), messageIds: list('text') }),
      object('error'),
      object('orderId:id reqId:id text type messageId prompt:flag', { dismissable: list('any'), options: list('text') }),
    ),
    notes: [
      'body {"confirmed":true|false}',
      'answer may be a further question',
      'unknown id: 400 {"error":"reply id not found: \'...\'"}; superseded question: 503 generic, outcome UNKNOWN',
    ],
    grade: 'D',
  }),
  'POST /logout': endpoint({
    needs: 'outer',
    answer: object('status:flag'),
    notes: ['ends the outer session: browser login needed again on the gateway'],
    grade: 'D',
  }),
  'POST /oauth/access_token': endpoint({
    needs: 'nothing',
    answer: object('is_true:flag oauth_token oauth_token_secret'),
    grade: 'D',
  }),
  'POST /oauth/live_session_token': endpoint({
    needs: 'nothing',
    answer: object('diffie_hellman_challenge live_session_token_signature live_session_token_expiration:int'),
    notes: ['OAuth 1.0a; see oauth.md'],
    grade: 'D',
  }),
  'POST /oauth/request_token': endpoint({ needs: 'nothing', answer: object('oauth_token'), grade: 'D' }),
  'POST /oauth2/api/v1/token': endpoint({
    needs: 'nothing',
    sends: 'form',
    body: object(`clientId clientAuthenticationMethod:private_key_jwt|client_secret_basic|client_secret_post clientAssertion
      clientSecret clientAssertionType`),
    answer: object('access_token refresh_token id_token token_type scope expires_in:id'),
    notes: [
      'form body: grant_type=client_credentials, client_assertion_type, client_assertion, scope; see oauth.md',
      'base https://api.ibkr.com (no /v1/api)',
    ],
    grade: 'D',
  }),
  'GET /sso/validate': endpoint({
    needs: 'outer',
    pace: '1/60s',
    answer: object(
      `USER_ID:int USER_NAME LOGIN_TYPE:int RESULT:flag AUTH_TIME:int SF_ENABLED:flag IS_FREE_TRIAL:flag CREDENTIAL IP EXPIRES:int
      QUALIFIED_FOR_MOBILE_AUTH:flag LANDING_APP IS_MASTER:flag lastAccessed:int loginType:int PAPER_USER_NAME
      region`,
      { features: object('envs wlms:flag realtime:flag bond:flag optionChains:flag calendar:flag newMf:flag') },
    ),
    notes: ['gateway and OAuth 2.0 only'],
    grade: 'D',
  }),
  'POST /tickle': endpoint({
    needs: 'outer',
    pace: '1/1s',
    answer: either(
      object('session ssoExpires:int collission:flag userId:int', {
        hmds: object('error', { authStatus: list('any') }),
        iserver: object('', {
          authStatus: object('authenticated:flag established:flag competing:flag connected:flag message MAC hardware_info fail', {
            serverInfo: object('serverName serverVersion'),
          }),
        }),
      }),
      object('error'),
    ),
    notes: [
      'keep-alive about every 60 s; idle limit about 6 min',
      'GET answers too (documented pacing row says GET)',
      'ssoExpires, collission (sic) and userId are absent in OAuth sessions',
      'hmds.error "no bridge" is normal',
      'a 200 may still carry authenticated:false',
    ],
    grade: 'D',
  }),
  'GET /ws': endpoint({
    needs: 'outer',
    query: 'bearer_token oauth_token',
    answer: 'any',
    notes: ['see websocket.md'],
    grade: 'D',
  }),
} as const;
