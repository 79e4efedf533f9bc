// `ibwire order`: preview, place, list, cancel.

import type { Command } from 'commander';
import type { Io } from '../io.js';
import { addOrderCancel } from './order/cancel.js';
import { addOrderList } from './order/list.js';
import { addOrderPlace } from './order/place.js';
import { addOrderPreview } from './order/preview.js';

export function addOrder(program: Command, io: Io): void {
  const order = program
    .command('order')
    .description('preview, place, list and cancel orders')
    .configureHelp({ subcommandTerm: (under) => under.name() }); // with their arguments nothing would be left for what they do
  for (const add of [addOrderPreview, addOrderPlace, addOrderList, addOrderCancel]) add(order, io);
}
