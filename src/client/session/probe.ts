// A question that every gateway answers at once: a connection that has been silent lives if it does.

import { V } from '../../protocol/versions.js';
import type { Core } from '../core.js';

export function probe(core: Pick<Core, 'send' | 'serverVersion'>): void {
  try {
    if (core.serverVersion >= V.CURRENT_TIME_IN_MILLIS) core.send('reqCurrentTimeInMillis', {});
    else core.send('reqCurrentTime', {});
  } catch {
    // the link is going down: its end is on the way
  }
}
