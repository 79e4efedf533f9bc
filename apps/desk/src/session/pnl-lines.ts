// Profit and loss of single positions, kept open while somebody asks: the gateway tells it by a stream for each.

import type { Ib, PositionPnl, Subscription } from 'ibwire';
import type { Timer } from '../clock.js';

interface Open {
  readonly stream: Subscription<PositionPnl>;
  usedAt: number;
}

export interface PnlLines {
  /** The newest of a position; undefined: not told yet, or not at all. Asking opens its stream. */
  of(ib: Ib, account: string, conId: number): PositionPnl | undefined;
  /** Ends those that nobody has asked for in a while. */
  sweep(): void;
  closeAll(): void;
}

const REST_MS = 60_000;

export function createPnlLines(timer: Timer): PnlLines {
  const lines = new Map<string, Open>();
  const end = (key: string): void => {
    lines.get(key)?.stream.close();
    lines.delete(key);
  };
  return {
    of(ib, account, conId) {
      const key = `${account} ${conId}`;
      let found = lines.get(key);
      if (found === undefined || found.stream.state.at === 'closed') {
        found = { stream: ib.accounts.positionPnl(account, conId), usedAt: 0 };
        lines.set(key, found);
      }
      found.usedAt = timer.now();
      return found.stream.latest;
    },
    sweep() {
      const now = timer.now();
      for (const [key, { usedAt }] of lines) if (now - usedAt > REST_MS) end(key);
    },
    closeAll() {
      for (const key of [...lines.keys()]) end(key);
    },
  };
}
