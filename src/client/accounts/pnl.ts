// Profit and loss, about once a second.

import type Big from 'big.js';
import type { MessageOf } from '../../protocol/registry.js';
import { openStream } from '../conversation/stream.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { pnl, pnlSingle } from './conversations.js';
import { money } from './money.js';

/** In the base currency of the account. Undefined: not known, which is not 0. */
export interface Pnl {
  readonly account: string;
  readonly modelCode: string | undefined;
  readonly dailyPnL: Big | undefined;
  readonly unrealizedPnL: Big | undefined;
  readonly realizedPnL: Big | undefined;
  /** When it came, epoch milliseconds of this machine. */
  readonly asOf: number;
}

/** In the currency of the instrument. */
export interface PositionPnl extends Pnl {
  readonly conId: number;
  readonly position: Big | undefined;
  /** Market value. */
  readonly value: Big | undefined;
}

export function openPnl(core: Core, account: string, modelCode: string, call?: Call): Subscription<Pnl> {
  const whose = { account, modelCode: modelCode === '' ? undefined : modelCode };
  return openStream(
    core,
    pnl,
    { account, modelCode },
    {
      key: `${account} ${modelCode}`,
      take: (message: MessageOf<'pnl'>, push: (item: Pnl) => void) =>
        push({ ...whose, ...amounts(message), asOf: core.lastHeard }),
    },
    call,
  );
}

export function openPositionPnl(
  core: Core,
  account: string,
  conId: number,
  modelCode: string,
  call?: Call,
): Subscription<PositionPnl> {
  const whose = { account, modelCode: modelCode === '' ? undefined : modelCode, conId };
  return openStream(
    core,
    pnlSingle,
    { account, modelCode, conId },
    {
      key: `${account} ${modelCode} ${conId}`,
      take(message: MessageOf<'pnlSingle'>, push: (item: PositionPnl) => void) {
        const { position, value } = message;
        push({
          ...whose,
          ...amounts(message),
          position: money(position),
          value: money(value),
          asOf: core.lastHeard,
        });
      },
    },
    call,
  );
}

type Amounts = Pick<Pnl, 'dailyPnL' | 'unrealizedPnL' | 'realizedPnL'>;

function amounts(message: MessageOf<'pnl'> | MessageOf<'pnlSingle'>): Amounts {
  const { dailyPnL, unrealizedPnL, realizedPnL } = message;
  return { dailyPnL: money(dailyPnL), unrealizedPnL: money(unrealizedPnL), realizedPnL: money(realizedPnL) };
}
