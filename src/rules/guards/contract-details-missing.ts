// CONTRACT-DETAILS-MISSING: facts without which cover, cost or eligibility cannot be told.
import { isIra, mayBorrow } from '../account-kind.js';
import { type Context, type Rule, shownId } from '../context.js';
import type { Ask } from '../facts/ask.js';
import type { Unreadable } from '../facts/book.js';
import type { Contract } from '../facts/contract.js';
import { isEngineKind } from '../facts/snapshot.js';
import { type Finding, finding } from '../finding.js';
import { nameOf } from '../naming.js';

function missingOf(contract: Contract, ask: Ask, context: Context): string[] {
  const { snapshot } = context;
  const missing: string[] = [];
  const want = (isThere: boolean, field: string): void => {
    if (!isThere) missing.push(field);
  };
  const { secType, facts } = contract;
  if (contract.symbol === '' && contract.conId === undefined && secType !== 'BAG') missing.push('symbol');
  if (contract.currency === '') missing.push('currency');
  if (secType === 'OPT' || secType === 'FOP') {
    want(contract.expiry !== undefined, 'lastTradeDateOrContractMonth');
    want(contract.strike !== undefined, 'strike');
    want(contract.right !== undefined, 'right');
    want(contract.multiplier !== undefined, 'multiplier');
  }
  if (secType === 'FUT') {
    want(contract.expiry !== undefined, 'lastTradeDateOrContractMonth');
    want(contract.multiplier !== undefined, 'multiplier');
    if (ask.opens && snapshot.kind !== 'portfolio-margin') want(contract.margin !== undefined, 'initMargin');
  }
  if (secType === 'BOND') want(contract.multiplier !== undefined, 'multiplier');
  if (secType === 'BAG') want(contract.legs.length > 0, 'comboLegs');
  const buysStock =
    secType === 'STK' &&
    ask.effects.some((effect) =>
      effect.changes.some((change) => change.quantity > 0n && change.contract.structure === contract.structure),
    );
  if (buysStock && ask.opens && snapshot.kind !== undefined && isIra(snapshot.kind) && snapshot.policy.requireContractDetails) {
    want(typeof facts.stockType === 'string' && facts.stockType !== '', 'stockType');
  }
  return missing;
}

/** What cannot be read could cost any money, and could sell or be what an exit is made of where it shares the underlying. */
const concerns = ({ underlying }: Unreadable, ask: Ask): boolean =>
  ask.opens || underlying === undefined || ask.contracts.some((contract) => contract.underlying === underlying);

export const contractDetailsMissing: Rule = {
  codes: ['CONTRACT-DETAILS-MISSING'],
  judge: (context) => {
    const { snapshot, asks } = context;
    const found: Finding[] = [];
    for (const ask of asks) {
      const contracts = new Set([ask.contract, ...ask.contracts]);
      for (const contract of contracts) {
        const missing = missingOf(contract, ask, context);
        if (missing.length === 0) continue;
        found.push(
          finding(
            'CONTRACT-DETAILS-MISSING',
            { contract: nameOf(contract), missing: missing.join(', ') },
            { orderId: shownId(ask, context) },
          ),
        );
      }
    }
    if (found.length > 0) return found;
    const unreadable = snapshot.book.unreadable.find((one) => asks.some((ask) => concerns(one, ask)));
    if (unreadable !== undefined)
      return [finding('CONTRACT-DETAILS-MISSING', { contract: unreadable.name, missing: 'readable size and contract' })];
    if (!asks.some((ask) => ask.opens)) return found;
    if (!isEngineKind(snapshot) || (snapshot.kind !== undefined && mayBorrow(snapshot.kind))) return found;
    const { needsMore } = context.worst();
    const own = new Set(asks.map((ask) => ask.id));
    for (const [currency, unknown] of snapshot.reserves().unknown) {
      if (!needsMore.has(currency)) continue;
      for (const what of unknown) {
        if (what.what !== 'details' || own.has(what.id)) continue;
        found.push(finding('CONTRACT-DETAILS-MISSING', { contract: what.id, missing: what.missing }));
      }
    }
    return found;
  },
};
