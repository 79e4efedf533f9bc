// Facts that change rarely: market rules, exchange letters, soft-dollar tiers; and fundamentals, which are gone.
import { marketRuleOf } from '../../data/market-rules.js';
import type { Family } from '../answer-types.js';
import { instrumentFor } from '../contracts.js';

const LETTERS = 'ZQPNKJIHYXVULMWTCBDEFGORSA';
const US_COMPONENTS =
  'AMEX,NYSE,CBOE,PHLX,ISE,CHX,ARCA,DRCTEDGE,BEX,BATS,EDGEA,BYX,IEX,EDGX,FOXRIVER,PEARL,NYSENAT,LTSE,MEMX,IBEOS,OVERNIGHT,TPLUS0,PSX,NASDAQ'.split(
    ',',
  );

export const referenceAnswers = {
  reqMarketRule: ({ marketRuleId = 0 }, client) => {
    const rule = marketRuleOf(marketRuleId);
    if (rule === undefined)
      client.error(-1, 322, `Error processing request.-'bL' : cause - Unknown market rule id: ${marketRuleId}`);
    else
      client.send('marketRule', {
        marketRuleId,
        priceIncrements: rule.bands.map(({ lowEdge, increment }) => ({ lowEdge, increment })),
      });
  },

  reqSmartComponents: ({ reqId = 0, bboExchange = '' }, client) => {
    const isKnown = /^[0-9a-f]{2}0001$/.test(bboExchange);
    const components = isKnown
      ? US_COMPONENTS.map((exchange, bitNumber) => ({ bitNumber, exchange, exchangeLetter: LETTERS[bitNumber] ?? '?' }))
      : [];
    client.send('smartComponents', { reqId, components });
  },

  reqSoftDollarTiers: ({ reqId = 0 }, client) => client.send('softDollarTiers', { reqId, tiers: [] }),

  reqFundamentalData: ({ reqId = 0, contract }, client, gateway) => {
    if (instrumentFor(gateway, client, reqId, contract) === undefined) return;
    client.error(reqId, 430, 'We are sorry, but fundamentals data for the security specified is not available.Not allowed');
  },

  cancelFundamentalData: () => {},
} satisfies Family;
