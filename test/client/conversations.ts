// Every conversation of the client, by room and name.

import * as accounts from '../../src/client/accounts/conversations.js';
import * as advisor from '../../src/client/advisor/conversations.js';
import * as calendar from '../../src/client/calendar/conversations.js';
import * as contracts from '../../src/client/contracts/conversations.js';
import type { List, One, Stream } from '../../src/client/conversation/shapes.js';
import * as history from '../../src/client/history/conversations.js';
import * as market from '../../src/client/market/conversations.js';
import * as news from '../../src/client/news/conversations.js';
import * as options from '../../src/client/options/conversations.js';
import * as orders from '../../src/client/orders/conversations.js';
import * as scanner from '../../src/client/scanner/conversations.js';
import * as session from '../../src/client/terminal/conversations.js';

export type Spec = One | List | Stream;

const rooms = { accounts, advisor, calendar, contracts, history, market, news, options, orders, scanner, session };

export const specs: readonly (readonly [name: string, spec: Spec])[] = Object.entries(rooms).flatMap(([room, all]) =>
  Object.entries(all)
    .filter((entry): entry is [string, Spec] => typeof entry[1] === 'object')
    .map(([name, spec]) => [`${room}.${name}`, spec] as const),
);
