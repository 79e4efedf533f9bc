// One name per contract, with or without conId, and what all lines together know of it.
import type { ContractFacts } from '../types.js';
import { type Contract, readContract } from './contract.js';

export interface Names {
  readonly keyOf: (contract: Contract) => string;
  /** The same contract with what positions and working orders know of it. */
  readonly complete: (contract: Contract) => Contract;
  /** One more line shows these contracts. False, with nothing changed, when they would change what others are called. */
  readonly learn: (contracts: readonly Contract[]) => boolean;
  /** One line fewer shows them; what none shows is forgotten. False, with nothing changed, as above. */
  readonly forget: (contracts: readonly Contract[]) => boolean;
}

/** Options of one day, strike and right are not one where their classes differ: those of the morning and of the afternoon. */
const isOtherSeries = ({ secType, series }: Contract, known: Contract | undefined): boolean =>
  (secType === 'OPT' || secType === 'FOP') &&
  series !== '' &&
  known !== undefined &&
  known.series !== '' &&
  known.series !== series;

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
    if (contract.secType === 'BAG') return contract.structure;
    if (conId === undefined)
      return isOtherSeries(contract, byConId.get(owner.get(contract.structure) ?? 0))
        ? `${contract.structure}|${contract.series}`
        : contract.structure;
    const structure = byConId.get(conId)?.structure ?? contract.structure;
    const first = owner.get(structure);
    return torn.has(structure) || (first !== undefined && first !== conId) ? `#${conId}` : structure;
  };
  const shown = new Map<number, number>();
  for (const { conId } of contracts) if (conId !== undefined) shown.set(conId, (shown.get(conId) ?? 0) + 1);
  let completed = new WeakMap<Contract, Contract>();
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
  const isPlain = ({ conId, structure }: Contract): boolean => {
    if (conId === undefined) return true;
    const known = byConId.get(conId);
    const first = owner.get(structure);
    return known === undefined ? first === undefined : known.structure === structure;
  };
  const learn = (news: readonly Contract[]): boolean => {
    if (!news.every(isPlain)) return false;
    // Two new ones under one name would be torn apart.
    if (news.some((one) => news.some((other) => other.structure === one.structure && other.conId !== one.conId))) return false;
    for (const contract of news) {
      const { conId, structure } = contract;
      if (conId === undefined) continue;
      shown.set(conId, (shown.get(conId) ?? 0) + 1);
      if (byConId.has(conId)) continue;
      byConId.set(conId, contract);
      owner.set(structure, conId);
    }
    return true;
  };
  const forget = (gone: readonly Contract[]): boolean => {
    if (!gone.every((one) => isPlain(one) && !torn.has(one.structure))) return false;
    for (const { conId, structure } of gone) {
      if (conId === undefined) continue;
      const left = (shown.get(conId) ?? 1) - 1;
      shown.set(conId, left);
      if (left > 0) continue;
      shown.delete(conId);
      byConId.delete(conId);
      if (owner.get(structure) === conId) owner.delete(structure);
      completed = new WeakMap();
    }
    return true;
  };
  return { keyOf, complete, learn, forget };
}
