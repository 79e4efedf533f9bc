// Contract details of every kind, in the order and the pieces in which the broker's definition farm sends them.
import { find } from '../../world/find.js';
import type { Instrument } from '../../world/instrument.js';
import { matchingSymbols } from '../../world/matching-symbols.js';
import { mix2 } from '../../world/random.js';
import type { Family } from '../answer-types.js';
import type { Client } from '../client.js';
import { bondDetailsOf, detailsOf } from '../contracts.js';
import type { Gateway } from '../state.js';

const NOT_FOUND = 'No security definition has been found for the request';
/** Rows sent in one turn; more wait for the next, as an answer of thousands does. */
const CHUNK = 200;
const SYMBOLS_EVERY_MS = 1_000;

export const contractAnswers = {
  reqContractDetails: ({ reqId = 0, contract }, client, gateway) => {
    if (contract?.secType === 'BAG') {
      client.error(reqId, 321, "Error validating request.-'bT' : cause - Invalid security type BAG");
      return;
    }
    const found = find(gateway.world.universe, contract ?? {}, gateway.clock.now());
    if (found.length === 0) {
      client.error(reqId, 200, NOT_FOUND);
      return;
    }
    sendDetails(gateway, client, reqId, unsorted(found, gateway.seed), contract?.exchange);
  },

  cancelContractData: ({ reqId = 0 }, client) => void client.release(`details ${reqId}`),

  reqMatchingSymbols: ({ reqId = 0, pattern = '' }, client, gateway) => {
    const name = 'matching symbols';
    if (client.isHeld(name)) {
      client.error(reqId, 100, 'Max rate of messages per second has been exceeded');
      return;
    }
    const contractDescriptions = matchingSymbols(gateway.world.universe, pattern).map(({ instrument, derivativeSecTypes }) => ({
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
    client.send('symbolSamples', { reqId, contractDescriptions });
    if (gateway.limits.messagesPerSecond === Number.POSITIVE_INFINITY) return;
    const timer = gateway.clock.at(gateway.clock.now() + SYMBOLS_EVERY_MS, () => client.release(name));
    client.hold(name, () => timer.cancel());
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

function sendDetails(
  gateway: Gateway,
  client: Client,
  reqId: number,
  found: readonly Instrument[],
  exchange: string | undefined,
): void {
  const name = `details ${reqId}`;
  let sent = 0;
  const some = (): void => {
    for (const end = Math.min(found.length, sent + CHUNK); sent < end; sent++) {
      const instrument = found[sent] as Instrument;
      if (instrument.secType === 'BOND') client.send('bondContractDetails', bondDetailsOf(gateway, instrument, reqId));
      else client.send('contractDetails', detailsOf(gateway, instrument, reqId, exchange || undefined));
    }
    if (sent < found.length) {
      const timer = gateway.clock.at(gateway.clock.now() + 1, some);
      client.hold(name, () => timer.cancel());
      return;
    }
    client.send('contractDetailsEnd', { reqId });
    client.release(name);
  };
  some();
}
