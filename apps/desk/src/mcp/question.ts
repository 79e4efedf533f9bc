// The form that a person gets to see: the whole order in one text, and a choice that nothing fills in by itself.

import type { ElicitRequestFormParams } from '@modelcontextprotocol/server';
import { visibleText } from 'ibwire';
import type { DraftOut } from '../orders/record.js';
import { isName } from './outside.js';

/** Text of others in one line, in quotation marks, without signs that move a cursor. */
const quoted = (text: string): string => `"${text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, ' ').slice(0, 300)}"`;

const price = ({ order }: DraftOut): string =>
  [
    order['lmtPrice'] ?? '',
    order['auxPrice'] === undefined ? '' : `stop ${order['auxPrice']}`,
    order['takeProfit'] === undefined ? '' : `bracket: take profit at ${order['takeProfit']}`,
    order['stopLoss'] === undefined ? '' : `bracket: stop loss at ${order['stopLoss']}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

export function questionOf(draft: DraftOut, note: string | undefined): ElicitRequestFormParams {
  const { contract, order, preview, mode, account } = draft;
  const name = isName(contract.symbol) ? contract.symbol : quoted(contract.symbol);
  const at = price(draft);
  const { worst, margin, commission, findings = [] } = preview ?? {};
  const lines = [
    `${mode.toUpperCase()} account ${account}: ${order['action']} ${order['totalQuantity']} ${name} (${contract.secType}, ${contract.currency}, conId ${contract.conId}) ${order['orderType']}${at === '' ? '' : ` at ${at}`}, ${order['tif']}`,
    worst?.price === undefined ? '' : `Worst price ${worst.price}`,
    margin?.initial === undefined ? '' : `Initial margin changes by ${margin.initial} ${margin.currency ?? ''}`.trimEnd(),
    commission?.most === undefined ? '' : `Commission at most ${commission.most} ${commission.currency ?? ''}`.trimEnd(),
    ...findings.map(({ severity, message }) => `${severity}: ${message}`),
    note === undefined ? '' : `The assistant says: ${quoted(note)}`,
  ];
  return {
    mode: 'form',
    message: lines
      .filter((line) => line !== '')
      .map(visibleText)
      .join('\n'),
    requestedSchema: {
      type: 'object',
      properties: {
        decision: {
          type: 'string',
          title: 'Decision',
          oneOf: [
            { const: 'approve', title: 'Send this order' },
            { const: 'decline', title: 'Do not send it' },
          ],
        },
      },
      required: ['decision'],
    },
  };
}
