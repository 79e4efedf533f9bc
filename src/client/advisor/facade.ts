// An advisor's groups and aliases.

import type { Keyed } from '../../input/keyed.js';
import { V } from '../../protocol/versions.js';
import { askOne } from '../conversation/ask.js';
import { damageOf } from '../conversation/damage.js';
import type { Call, Core } from '../core.js';
import { isWholeXml } from '../wire/xml.js';
import { receiveFA, replaceFA, softDollarTiers } from './conversations.js';
import { type AdvisorGroup, readAliases, readGroups, writeGroups } from './groups.js';

/** A commission that pays for an advisor's research. */
export interface SoftDollarTier {
  readonly name: string;
  readonly value: string;
  /** For people. */
  readonly displayName: string;
}

/** Which of an advisor's tables is meant. `profiles` are gone from server 177 on. */
export type AdvisorData = 'groups' | 'profiles' | 'aliases';

/** `ib.advisor`: groups and aliases of an advisor's clients. Other logins get a `GatewayError` for every call. */
export interface AdvisorFacade {
  /** The XML as the gateway has it. `profiles` are gone from server 177 on. @throws {GatewayError} when this is no advisor. */
  xml(data: AdvisorData, call?: Call): Promise<string>;
  /** The groups with their members and methods. @throws {DecodeError} for an answer that breaks off: replaced by what came of it, the rest would be gone. */
  groups(call?: Call): Promise<readonly AdvisorGroup[]>;
  /** What accounts are called. @throws {DecodeError} for an answer that breaks off. */
  aliases(call?: Call): Promise<Keyed<string, string>>;
  /** Replaces all of them. Resolves when the gateway says so; older servers say nothing, so nothing is waited for. */
  replace(data: AdvisorData, xml: string, call?: Call): Promise<void>;
  /** `replace` with groups as `groups` gives them: all of them, those that are not named are gone. */
  replaceGroups(groups: readonly AdvisorGroup[], call?: Call): Promise<void>;
  /**
   * Soft dollar tiers that the login may charge; `name` and `value` of one are `softDollarTier` of an order. Empty for most logins.
   * @throws {TooOldError} below server 106.
   */
  softDollarTiers(call?: Call): Promise<readonly SoftDollarTier[]>;
}

const numbers: Readonly<Record<AdvisorData, number>> = { groups: 1, profiles: 2, aliases: 3 };

export function createAdvisor(core: Core): AdvisorFacade {
  const xml: AdvisorFacade['xml'] = async (data, call) =>
    (await askOne(core, receiveFA, { faDataType: numbers[data] }, call)).xml ?? '';
  const whole = async (data: AdvisorData, call?: Call): Promise<string> => {
    const text = await xml(data, call);
    if (!isWholeXml(text)) throw damageOf(core, { kind: 'receiveFA', row: 'xml' }, 'breaks off');
    return text;
  };
  const replace: AdvisorFacade['replace'] = async (data, cxml, call) => {
    const input = { faDataType: numbers[data], cxml };
    if (core.serverVersion >= V.REPLACE_FA_END) await askOne(core, replaceFA, input, call);
    else core.send('replaceFA', input);
  };
  return {
    xml,
    groups: async (call) => readGroups(await whole('groups', call)),
    aliases: async (call) => readAliases(await whole('aliases', call)),
    replace,
    replaceGroups: (groups, call) => replace('groups', writeGroups(groups), call),
    async softDollarTiers(call) {
      const { tiers = [] } = await askOne(core, softDollarTiers, {}, call);
      return tiers.map(({ name = '', value = '', displayName = '' }) => ({ name, value, displayName }));
    },
  };
}
