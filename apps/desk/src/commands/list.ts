// Every command of the desk, family by family.

import { accountCommands } from './accounts.js';
import { brokerCommands } from './brokers.js';
import type { Command } from './command.js';
import { contractCommands } from './contracts.js';
import { controlCommands } from './control.js';
import { gatewayCommands } from './gateway.js';
import { historyCommands } from './history.js';
import { journalCommands } from './journal.js';
import { newsCommands } from './news.js';
import { orderCommands } from './orders.js';
import { planCommands } from './plans.js';
import { portfolioCommands } from './portfolio.js';
import { quoteCommands } from './quotes.js';
import { ruleCommands } from './rules.js';
import { sessionCommands } from './session.js';
import { shortingCommands } from './shorting.js';

export const commands: readonly Command[] = [
  ...sessionCommands,
  ...gatewayCommands,
  ...accountCommands,
  ...ruleCommands,
  ...portfolioCommands,
  ...brokerCommands,
  ...contractCommands,
  ...quoteCommands,
  ...historyCommands,
  ...newsCommands,
  ...orderCommands,
  ...shortingCommands,
  ...planCommands,
  ...journalCommands,
  ...controlCommands,
] as readonly Command[];

const byName = new Map(commands.map((one) => [one.name, one]));

export const commandOf = (name: string): Command | undefined => byName.get(name);
