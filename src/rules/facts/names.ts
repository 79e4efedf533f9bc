// One name per contract, with or without conId, and what all lines together know of it.
import type { ContractFacts } from '../types.js';
import { type Contract, readContract } from './contract.js';

export interface Names {
  readonly keyOf: (contract: Contract) => string;
  /** The same contract with what positions and working orders know of it. */
  readonly complete: (contract: Contract) => Contract;
  /** A conId, or terms under it, that no line has shown yet. */
  readonly isNew: (contract: Contract) => boolean;
}

/** Names for contracts such that one contract has one name, with or without conId. */
export function namesOf(contracts: readonly Contract[]): Names {
  const owner = new Map<string, number>();
  const torn = new Set<string>();
  const byConId = new Map<number, Contract>();
  for (const { structure, conId } of contracts) {
    if (conId === undefined) continue;
    const first = owner.get(structure);
    if (first === undefined) owner.set(structure, conId);
    else if (first !== conId) torn.add(structure);
  }
  for (const contract of contracts) {
    if (contract.conId === undefined) continue;
    const known = byConId.get(contract.conId);
    if (known === undefined || known.structure.length < contract.structure.length) byConId.set(contract.conId, contract);
  }
  const keyOf = (contract: Contract): string => {
    const { conId } = contract;
    if (conId === undefined || contract.secType === 'BAG') return contract.structure;
    const structure = byConId.get(conId)?.structure ?? contract.structure;
    const first = owner.get(structure);
    return torn.has(structure) || (first !== undefined && first !== conId) ? `#${conId}` : structure;
  };
  const completed = new WeakMap<Contract, Contract>();
  const complete = (contract: Contract): Contract => {
    const known = contract.conId === undefined ? undefined : byConId.get(contract.conId);
    if (known === undefined || known === contract) return contract;
    const done = completed.get(contract);
    if (done !== undefined) return done;
    const stated = Object.fromEntries(Object.entries(contract.facts).filter(([, value]) => value !== undefined && value !== ''));
    const merged: ContractFacts = { ...known.facts, ...stated };
    const made = readContract(merged);
    completed.set(contract, made);
    return made;
  };
  const isNew = ({ conId, structure }: Contract): boolean =>
    conId !== undefined && (!byConId.has(conId) || byConId.get(conId)?.structure !== structure);
  return { keyOf, complete, isNew };
}
