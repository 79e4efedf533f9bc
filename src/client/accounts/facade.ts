// What belongs to whom: accounts of the login, their positions and their numbers.

import type { MessageOf } from '../../protocol/registry.js';
import { askList, askOne } from '../ask.js';
import { accountSummary, familyCodes, positions } from '../conversations/accounts.js';
import type { Call } from '../core.js';
import type { Session } from '../session.js';

export interface AccountsFacade {
  /** Account ids of this login. Paper ids begin with D. */
  readonly ids: readonly string[];
  /** Positions of all accounts (up to 50 sub-accounts). A position closed today is listed with quantity 0. */
  positions(call?: Call): Promise<readonly MessageOf<'position'>[]>;
  /** Chosen tags of all accounts of a group; tags that do not apply are missing. */
  summary(tags: readonly string[], options?: Call & { readonly group?: string }): Promise<readonly MessageOf<'accountSummary'>[]>;
  familyCodes(call?: Call): Promise<MessageOf<'familyCodes'>>;
}

export function createAccounts(session: Session): AccountsFacade {
  return {
    get ids() {
      return session.accounts;
    },
    positions: (call) => askList(session, positions, {}, call),
    summary: (tags, options = {}) =>
      askList(session, accountSummary, { group: options.group ?? 'All', tags: tags.join(',') }, options),
    familyCodes: (call) => askOne(session, familyCodes, {}, call),
  };
}
