// Contract details of every kind, in no particular order, as the broker's definition farm sends them.
import { refusals } from '../../matching/refusals.js';
import { isContractDate } from '../../world/contract-date.js';
import { find } from '../../world/find.js';
import type { Instrument } from '../../world/instrument.js';
import { matchingSymbols } from '../../world/matching-symbols.js';
import { mix2 } from '../../world/random.js';
import type { Universe } from '../../world/universe.js';
import type { Family } from '../answer-types.js';
import { bondDetailsOf, detailsOf } from '../contracts.js';

const NOT_FOUND = 'No security definition has been found for the request';

export const contractAnswers = {
  reqContractDetails: ({ reqId = 0, contract }, client, gateway) => {
    if (!isContractDate(contract?.lastTradeDateOrContractMonth)) {
      client.error(reqId, refusals.contractDate.code, refusals.contractDate.text);
      return;
    }
    if (contract?.secType === 'BAG') {
      client.error(reqId, 321, "Error validating request.-'bT' : cause - Invalid security type BAG");
      return;
    }
    const found = find(gateway.world.universe, contract ?? {}, gateway.clock.now());
    if (found.length === 0) {
      client.error(reqId, 200, NOT_FOUND);
      return;
    }
    for (const instrument of unsorted(found, gateway.seed)) {
      if (instrument.secType === 'BOND') client.send('bondContractDetails', bondDetailsOf(gateway, instrument, reqId));
      else client.send('contractDetails', detailsOf(gateway, instrument, reqId, contract?.exchange || undefined));
    }
    client.send('contractDetailsEnd', { reqId });
  },

  // Answers are whole before the next request is read: there is never anything left to cancel.
  cancelContractData: () => {},

  reqMatchingSymbols: ({ reqId = 0, pattern = '' }, client, { world }) => {
    const contractDescriptions = matchingSymbols(world.universe, pattern).map(({ instrument, derivativeSecTypes }) => ({
      contract: {
        conId: instrument.conId,
        symbol: instrument.symbol,
        secType: instrument.secType,
        primaryExchange: instrument.primaryExchange ?? instrument.exchange,
        currency: instrument.currency,
        description: instrument.longName,
        issuerId: '',
      },
      derivativeSecTypes,
    }));
    client.send('symbolSamples', {
      reqId,
      contractDescriptions: [...contractDescriptions, ...issuersOf(world.universe, pattern)],
    });
  },

  reqSecDefOptParams: (request, client, { world, clock }) => {
    const { reqId = 0, futFopExchange = '', underlyingConId = 0 } = request;
    if (underlyingConId === 0) {
      client.error(reqId, 321, "Error validating request.-'bI' : cause - Invalid contract id");
      return;
    }
    for (const row of world.universe.optionParameters(underlyingConId, futFopExchange, clock.now()))
      client.send('securityDefinitionOptionParameter', {
        reqId,
        ...row,
        expirations: [...row.expirations],
        strikes: [...row.strikes],
      });
    client.send('securityDefinitionOptionParameterEnd', { reqId });
  },
} satisfies Family;

/** Answers to one request come in no order; the same one for the same seed. */
function unsorted(found: readonly Instrument[], seed: number): Instrument[] {
  return [...found].sort((a, b) => mix2(seed, a.conId) - mix2(seed, b.conId));
}

/** Bonds are found by their issuer alone: no conId, symbol or currency, only its id and name. */
function issuersOf({ statics }: Universe, pattern: string) {
  const wanted = pattern.trim().toUpperCase();
  const issuers = new Map<string, string>();
  for (const { secType, bond, longName } of statics)
    if (secType === 'BOND' && wanted.length > 1 && longName.toUpperCase().startsWith(wanted))
      issuers.set((bond?.cusip ?? '').slice(0, 6), longName);
  return [...issuers].map(([cusip, description]) => ({
    contract: { secType: 'BOND', description, issuerId: `e${cusip}` },
    derivativeSecTypes: [],
  }));
}
