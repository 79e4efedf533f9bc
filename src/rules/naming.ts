// How contracts and accounts are named in findings.
import { writeDecimal } from './decimal.js';
import type { Contract } from './facts/contract.js';

/** `AAA`, `AAA 20270115 C 110`, `MES 20270319`: enough for a person to recognise the contract. */
export function nameOf(contract: Contract): string {
  const { facts, secType, symbol, conId } = contract;
  const parts = [symbol === '' && conId !== undefined ? `conId ${conId}` : symbol || secType];
  if (typeof facts.lastTradeDateOrContractMonth === 'string') parts.push(facts.lastTradeDateOrContractMonth);
  if (contract.right !== undefined) parts.push(contract.right);
  if (contract.strike !== undefined) parts.push(writeDecimal(contract.strike));
  return parts.join(' ');
}

/** An account id with the middle taken out, never in full. */
export function maskAccount(account: string): string {
  return account.length < 5 ? `${account.slice(0, 1)}…` : `${account.slice(0, 2)}…${account.slice(-2)}`;
}

/** Paper accounts start with D. The port proves nothing: a live session can listen on any. */
export function isPaper(account: string): boolean {
  return /^D[A-Z]*\d/.test(account);
}

/** Any input as short text for a message. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
