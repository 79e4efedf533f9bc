// From what was asked to the one instrument that is meant, and how it is shown.

import { type ContractInput, forex, type Ib, type QualifiedContract, symbol } from 'ibwire';
import type { ContractAsked, ContractOut } from '../commands/schemas.js';
import { Problem } from '../problem.js';

/** A symbol as people write it, a conId, or the terms of a derivative. */
export function contractOf(asked: ContractAsked): ContractInput {
  const { market, strike, symbol: text, secType, ...rest } = asked;
  // Where it trades is told by the gateway: currencies, futures and indices are not routed.
  if (asked.conId !== undefined) return { ...rest, conId: asked.conId };
  if (text === undefined && asked.localSymbol === undefined)
    throw new Problem(400, 'input', 'Which instrument', 'neither symbol, localSymbol nor conId is given', {
      remedy: 'Name a symbol such as AAPL or 0700.HK, or a conId.',
    });
  const isPlain = secType === undefined || (secType === 'STK' && rest.exchange === undefined && rest.currency === undefined);
  if (text !== undefined && isPlain)
    return { ...symbol(text.toUpperCase(), market === undefined ? {} : { market: market as 'HK' }), ...rest };
  if (text !== undefined && secType === 'CASH' && rest.currency === undefined) return { ...forex(text), ...rest };
  return {
    exchange: secType === 'CASH' ? 'IDEALPRO' : secType === 'FUT' || secType === 'CONTFUT' || secType === 'FOP' ? '' : 'SMART',
    ...(secType === 'FUT' || secType === 'CONTFUT' || secType === 'FOP' ? {} : { currency: 'USD' }),
    ...rest,
    ...(text !== undefined && { symbol: text }),
    ...(secType !== undefined && { secType }),
    ...(strike !== undefined && { strike: Number(strike) }),
  };
}

export function qualified(ib: Ib, asked: ContractAsked, signal?: AbortSignal): Promise<QualifiedContract> {
  return ib.contracts.qualify(contractOf(asked), { signal, timeout: 10_000 });
}

type Shown = { readonly [K in keyof QualifiedContract]?: QualifiedContract[K] | undefined };

const or = <K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined || value === '' ? {} : { [name]: value }) as { readonly [P in K]?: string };

export function shownContract(contract: Shown): ContractOut {
  const { conId = 0, symbol: name = '', secType = '', exchange = '', currency = '', strike } = contract;
  return {
    conId,
    symbol: name,
    secType,
    exchange,
    currency,
    ...or('primaryExchange', contract.primaryExchange),
    ...or('localSymbol', contract.localSymbol),
    ...or('lastTradeDateOrContractMonth', contract.lastTradeDateOrContractMonth),
    ...or('right', contract.right === '0' || contract.right === '?' ? '' : contract.right),
    ...or('multiplier', contract.multiplier),
    ...or('tradingClass', contract.tradingClass),
    ...(strike !== undefined && strike > 0 && strike < 1e300 ? { strike: String(strike) } : {}),
  };
}
