// What the calls to the application may be given.
import { named, number, oneOf } from '../../input/checks.js';
import { updateConfig } from '../../protocol/messages/session/config.js';
import { asks, type Calls, fields, gives, onlyCall } from '../input/check-call.js';
import { levels, type TerminalFacade } from './facade.js';

export const terminalCalls: Calls<TerminalFacade> = {
  time: asks(onlyCall),
  userInfo: asks(onlyCall),
  displayGroups: asks(onlyCall),
  displayGroup: gives(named('groupId', number()), onlyCall),
  config: asks(onlyCall),
  updateConfig: asks(fields('change', updateConfig, 'a change of the configuration'), onlyCall),
  logLevel: gives(named('level', oneOf(...levels))),
};
