// Codes about the links: TWS to IBKR, its data farms, and the API connection itself.

import type { CodeRow } from '../row.js';
import { ANOTHER_LOGIN } from '../texts.js';

const farm = 'Wait: farms come back by themselves. Look into it when it lasts beyond the nightly reset; do not reconnect.';

export const connectivityCodes = [
  {
    code: 0,
    class: 'warning',
    meaning: 'A notice without a number. One of them says that the message rate is close to its limit.',
    remedy: 'Nothing ends. Send more slowly when it is the one about the rate.',
    texts: [
      { pattern: /approaching|max(imum)? rate/i, reads: 'approachingRate', meaning: 'The message rate is close to its limit.' },
    ],
    otherwise: 'shown as a warning; the rate is left as it is',
  },
  {
    code: 100,
    class: 'session',
    meaning:
      'More messages per second than the gateway allows (market-data lines divided by two). The third time ends the session.',
    remedy: 'Stop sending for a second and halve the rate; admission does both.',
    teaches: 'rate',
  },
  {
    code: 326,
    class: 'session',
    meaning: 'The client id is in use by another connection; this one is closed.',
    remedy:
      'Wait and try the same id again: a connection that broke off holds its id for about a minute. Else choose another id.',
  },
  {
    code: 1100,
    class: 'connectivity',
    meaning: 'TWS has lost its link to IBKR. The connection between us and TWS stands.',
    remedy: 'Keep the socket, change no orders, go on reading: fills still arrive. 1101 or 1102 follows.',
    texts: [
      {
        pattern: ANOTHER_LOGIN,
        reads: 'competingSession',
        anotherLogin: true,
        meaning: 'TWS has lost its link to IBKR because the same user has logged in elsewhere.',
        remedy: 'Log out in the other place, or use a user of its own for the API.',
      },
    ],
    otherwise: 'a lost link, whose cause is not told',
  },
  {
    code: 1101,
    class: 'connectivity',
    meaning: 'TWS is linked to IBKR again; data subscriptions were lost.',
    remedy: 'Ask for every stream again, and for executions and open orders; mark the gap.',
  },
  {
    code: 1102,
    class: 'connectivity',
    meaning: 'TWS is linked to IBKR again; data subscriptions were kept.',
    remedy: 'Ask for executions and open orders; check that each stream moves and ask again for those that do not.',
  },
  {
    code: 1300,
    class: 'connectivity',
    meaning: 'The API port was changed in the settings; this connection is being dropped. The text ends with the new port.',
    remedy: 'Connect to the new port once, and change it in your configuration.',
    otherwise: 'the port is read as the last number of the text, in any language; without a number the old port is kept',
  },
  {
    code: 2103,
    class: 'warning',
    also: ['connectivity'],
    meaning: 'The link to a market-data farm is broken.',
    remedy: farm,
  },
  { code: 2104, class: 'information', meaning: 'The link to a market-data farm stands.', remedy: 'Nothing to do.' },
  {
    code: 2105,
    class: 'warning',
    also: ['connectivity'],
    meaning: 'The link to a historical-data farm is broken.',
    remedy: farm,
  },
  { code: 2106, class: 'information', meaning: 'The link to a historical-data farm stands.', remedy: 'Nothing to do.' },
  {
    code: 2107,
    class: 'information',
    meaning: 'A historical-data farm is idle and wakes when asked.',
    remedy: 'Nothing to do.',
  },
  { code: 2108, class: 'information', meaning: 'A market-data farm is idle and wakes when asked.', remedy: 'Nothing to do.' },
  {
    code: 2110,
    class: 'connectivity',
    meaning: 'TWS has no link to IBKR; often said right after connecting.',
    remedy: 'As 1100: keep the socket, change no orders, wait.',
  },
  { code: 2119, class: 'information', meaning: 'A market-data farm is being connected.', remedy: 'Nothing to do.' },
  {
    code: 2148,
    class: 'warning',
    meaning:
      'URGENT: the account is short of margin; positions may be liquidated without further notice. The session says `alarm`.',
    remedy: 'Bring in cash or close positions now; the account values say how much is missing.',
  },
  {
    code: 2157,
    class: 'warning',
    also: ['connectivity'],
    meaning: 'The link to a farm for contract definitions is broken.',
    remedy: farm,
  },
  { code: 2158, class: 'information', meaning: 'The link to a farm for contract definitions stands.', remedy: 'Nothing to do.' },
] as const satisfies readonly CodeRow[];
