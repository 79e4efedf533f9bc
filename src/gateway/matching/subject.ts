/** What an order is about: its instrument or its legs, and the contract its echoes show. */
import type { Refusal } from '../accounts/admission.js';
import { conflictOf } from '../world/conflict.js';
import type { Instrument } from '../world/instrument.js';
import { contractOf } from './echo.js';
import { type EngineState, nowOf } from './engine-state.js';
import type { ComboPart } from './live-order.js';
import { refusals } from './refusals.js';
import type { SimContract } from './sim-order.js';

export interface Subject {
  readonly instrument: Instrument;
  readonly parts: readonly ComboPart[] | undefined;
  readonly contract: SimContract;
}

/** One number stands for all combos of a currency. */
const COMBO_CON_IDS: Readonly<Record<string, number>> = { USD: 28812380, EUR: 17356630 };

/** The subject of a contract, or why there is none. */
export function subjectOf(state: EngineState, contract: SimContract): Subject | Refusal {
  if (contract.secType === 'BAG') return comboOf(state, contract);
  const { conId, exchange } = contract;
  const instrument = state.setup.resolve(conId ? { conId, exchange } : contract);
  if (!instrument) return refusals.noContract;
  const conflict = conflictOf(contract, instrument);
  if (conflict) return refusals.conflict(conflict.asked, conflict.found);
  if (instrument.lastTradeAt !== undefined && instrument.lastTradeAt <= nowOf(state)) return refusals.expired;
  return { instrument, parts: undefined, contract: contractOf(instrument, contract.exchange || undefined) };
}

function comboOf(state: EngineState, contract: SimContract): Subject | Refusal {
  const legs = contract.comboLegs ?? [];
  if (legs.length === 0) return refusals.noLegs;
  const parts: ComboPart[] = [];
  for (const [place, leg] of legs.entries()) {
    const ratio = leg.ratio ?? 0;
    const instrument = state.setup.market.instrument(leg.conId ?? 0);
    if (!instrument || !Number.isInteger(ratio) || ratio < 1 || (leg.action !== 'BUY' && leg.action !== 'SELL')) {
      return refusals.comboLeg(place + 1);
    }
    parts.push({ instrument, ratio: leg.action === 'BUY' ? ratio : -ratio, exchange: leg.exchange || 'SMART' });
  }
  const [first] = parts;
  if (!first || new Set(parts.map((part) => part.instrument.conId)).size !== parts.length) return refusals.comboDetails;
  const { currency } = first.instrument;
  const described = parts.map(({ instrument, ratio }) => `${instrument.conId}|${ratio}`).join(',');
  return {
    instrument: first.instrument,
    parts,
    contract: { ...contract, conId: COMBO_CON_IDS[currency] ?? 28812380, currency, comboLegsDescrip: described },
  };
}
