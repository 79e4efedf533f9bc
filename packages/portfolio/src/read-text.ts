// Any file: a broker's CSV, a Flex XML, or a recorded answer of Alpaca or SnapTrade. What it is, its content says.

import type { ReadOptions } from './csv/form.js';
import { readCsv } from './csv/read-csv.js';
import { readFlex } from './flex/statement.js';
import { emptyReading, type Reading } from './model.js';
import { PortfolioError } from './problem.js';
import { readAlpaca } from './sources/alpaca.js';
import { readSnapTradeBalances, readSnapTradePositions } from './sources/snaptrade.js';

function readAnswer(value: unknown, options: ReadOptions): Reading {
  const envelope = value as { response?: { body?: unknown } } | null;
  const body = envelope?.response?.body ?? value;
  const account = { broker: 'snaptrade', number: options.account ?? 'unnamed' };
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const has = (name: string): boolean => typeof first === 'object' && first !== null && name in first;
  if (Array.isArray(body) && has('qty')) return readAlpaca(body, undefined, options.source);
  if (!Array.isArray(body) && has('account_number') && has('cash')) return readAlpaca([], body, options.source);
  if (!Array.isArray(body) && has('results'))
    return {
      ...emptyReading('snaptrade', 'snaptrade'),
      positions: readSnapTradePositions(body, account, options.source),
      end: 'proven',
    };
  if (Array.isArray(body) && has('cash') && has('currency'))
    return {
      ...emptyReading('snaptrade', 'snaptrade'),
      balances: readSnapTradeBalances(body, account, options.source),
      end: 'proven',
    };
  throw new PortfolioError('file-unknown', 'this JSON is no answer of Alpaca or SnapTrade');
}

/** Reads a text of any known form. */
export function readText(text: string, options: ReadOptions = {}): Reading {
  const start = text.replace(/^\uFEFF/, '').trimStart()[0];
  if (start === '<') return readFlex(text, options.source);
  if (start !== '{' && start !== '[') return readCsv(text, options);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new PortfolioError('file-cut', 'no whole JSON document');
  }
  return readAnswer(value, options);
}
