// The application itself: its clock, its linked windows, its configuration.

import type { MessageOf, RequestInput } from '../../protocol/registry.js';
import { V } from '../../protocol/versions.js';
import { askOne } from '../conversation/ask.js';
import { damageOf } from '../conversation/damage.js';
import { openStream } from '../conversation/stream.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import {
  config,
  configUpdate,
  currentTime,
  currentTimeInMillis,
  displayGroup,
  displayGroups,
  userInfo,
} from './conversations.js';

/** What a display group shows: `conId@exchange`, `none`, or `combo`. */
export type GroupContent = string;

/** A change of the application's settings, in the gateway's own fields. */
export type ConfigChange = RequestInput<'updateConfig'>;
/** How much the gateway writes to its own log. */
export type LogLevel = 'system' | 'error' | 'warning' | 'information' | 'detail';

/** A linked group of windows: what it shows, and the hand to change it. */
export interface GroupLink extends AsyncDisposable {
  readonly content: Subscription<GroupContent>;
  /** Shows another instrument in the group. @throws {ClosedError} when the link is not up. */
  show(conId: number, exchange: string): void;
}

/** `ib.terminal`: the application itself, its clock and settings. */
export interface TerminalFacade {
  /** The gateway's clock: milliseconds from server 197 on, whole seconds before. */
  time(call?: Call): Promise<Date>;
  /** White branding of the login; empty for most. */
  userInfo(call?: Call): Promise<string>;
  /** Ids of the linked window groups, most used first. TWS only: a Gateway has no windows. */
  displayGroups(call?: Call): Promise<readonly number[]>;
  /** Links with a window group of TWS, to hear and to change what it shows. Close it when done. */
  displayGroup(groupId: number, call?: Call): GroupLink;
  /** API settings, precautions, messages (server 219 and up). */
  config(call?: Call): Promise<MessageOf<'configResponse'>>;
  /** Changes settings (server 221 and up). Warnings have to be accepted by naming them in a second call. */
  updateConfig(change: ConfigChange, call?: Call): Promise<MessageOf<'updateConfigResponse'>>;
  /** How much the gateway writes to its own log about this client. */
  logLevel(level: LogLevel): void;
}

export const levels: readonly LogLevel[] = ['system', 'error', 'warning', 'information', 'detail'];

export function createTerminal(core: Core): TerminalFacade {
  return {
    async time(call) {
      const isInSeconds = core.serverVersion < V.CURRENT_TIME_IN_MILLIS;
      const answer = isInSeconds ? await askOne(core, currentTime, {}, call) : await askOne(core, currentTimeInMillis, {}, call);
      const [row, ms] =
        answer.kind === 'currentTime'
          ? (['time', (answer.time ?? 0) * 1000] as const)
          : (['timeInMillis', answer.timeInMillis ?? 0] as const);
      const time = new Date(ms);
      if (ms === 0 || Number.isNaN(time.getTime()))
        throw damageOf(core, { kind: answer.kind, row }, ms === 0 ? 'is missing' : `${ms} is no point in time`);
      return time;
    },
    userInfo: async (call) => (await askOne(core, userInfo, {}, call)).whiteBrandingId ?? '',
    async displayGroups(call) {
      const { groups = '' } = await askOne(core, displayGroups, {}, call);
      return groups
        .split('|')
        .filter(Boolean)
        .map((group) => {
          if (!/^\d{1,9}$/.test(group))
            throw damageOf(core, { kind: 'displayGroupList', row: 'groups' }, `'${group}' is no number of a group`);
          return Number(group);
        });
    },
    displayGroup(groupId, call) {
      let asked: number | undefined;
      const content = openStream(
        core,
        displayGroup,
        { groupId },
        {
          take({ reqId, contractInfo }, push: (content: GroupContent) => void) {
            asked = reqId;
            push(contractInfo ?? '');
          },
          onId(id) {
            asked = id;
          },
        },
        call,
      );
      return {
        content,
        show(conId, exchange) {
          if (asked === undefined || content.state.at === 'closed') throw core.notConnected('updateDisplayGroup');
          core.send('updateDisplayGroup', { reqId: asked, contractInfo: `${conId}@${exchange}` });
        },
        [Symbol.asyncDispose]() {
          content.close();
          return Promise.resolve();
        },
      };
    },
    config: (call) => askOne(core, config, {}, call),
    updateConfig: (change, call) => askOne(core, configUpdate, change, call),
    logLevel: (level) => core.send('setServerLogLevel', { logLevel: levels.indexOf(level) + 1 }),
  };
}
