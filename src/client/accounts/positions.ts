// Positions of accounts as a stream and its picture.

import type { MessageOf } from '../../protocol/registry.js';
import { openStream } from '../conversation/stream.js';
import type { StreamTerms } from '../conversation/stream-terms.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { positions, positionsMulti } from './conversations.js';
import { money } from './money.js';
import { type AccountPosition, type PositionsView, positionKey } from './position-row.js';
import { createRows } from './rows.js';

/** More sub-accounts than this, and `reqPositions` and the group `All` are refused. */
export const MOST_ACCOUNTS_AT_ONCE = 50;

type PositionMessage = MessageOf<'position'> | MessageOf<'positionMulti'>;

/** What a row must have and does not: it says nothing of any holding, and a list that has it is not whole. */
export interface Missing {
  readonly missing: 'account' | 'contract' | 'position';
}

export function heldOf({
  contract,
  position,
}: Pick<PositionMessage, 'contract' | 'position'>): Pick<AccountPosition, 'contract' | 'position'> | Missing {
  const amount = money(position);
  if (contract === undefined || isNameless(contract)) return { missing: 'contract' };
  return amount === undefined ? { missing: 'position' } : { contract, position: amount };
}

/** It says of nothing that it is held. */
function isNameless({ conId, symbol, localSymbol }: AccountPosition['contract']): boolean {
  return (conId ?? 0) === 0 && (symbol ?? '') === '' && (localSymbol ?? '') === '';
}

function toPosition(message: PositionMessage): AccountPosition | Missing {
  const held = heldOf(message);
  if ('missing' in held) return held;
  if ((message.account ?? '') === '') return { missing: 'account' };
  const modelCode = message.kind === 'positionMulti' && message.modelCode !== '' ? message.modelCode : undefined;
  return { ...held, account: message.account ?? '', modelCode, avgCost: money(message.avgCost) };
}

function terms<M extends PositionMessage>(key: string): StreamTerms<AccountPosition, M, PositionsView> {
  const rows = createRows<AccountPosition>();
  return {
    key,
    view: rows.view,
    take(message, push, asking) {
      const position = toPosition(message);
      if ('missing' in position) {
        asking.misread(message.kind, position.missing, 'is missing');
        return;
      }
      rows.set(positionKey(position), position);
      push(position);
    },
    onReset: () => rows.doubt(),
    onEnd(push) {
      // What was closed while the link was away is not sent again: it is told as closed.
      for (const gone of rows.settle()) push({ ...gone, position: gone.position.minus(gone.position) });
    },
  };
}

/** All accounts together. Orders of magnitude: up to 50 sub-accounts. */
export function openAllPositions(core: Core, call?: Call): Subscription<AccountPosition, PositionsView> {
  return openStream(core, positions, {}, terms('all'), call);
}

/** One account, or one model of it. */
export function openPositionsOf(
  core: Core,
  account: string,
  modelCode: string,
  call?: Call,
): Subscription<AccountPosition, PositionsView> {
  return openStream(core, positionsMulti, { account, modelCode }, terms(`${account} ${modelCode}`), call);
}
