// Advisor data: groups and aliases as XML, read and replaced.

import { aliasesXml, groupsXml } from '../advisor-xml.js';
import type { Family } from '../answer-types.js';

const NOT_ADVISOR = 'FA data operations ignored for non FA customers.';
const NO_PROFILES = 'FA Profile is not supported anymore, use FA Group instead - FA profile data type 2';

export const advisorAnswers = {
  requestFA: ({ faDataType = 0 }, client, gateway) => {
    if (![...gateway.accounts.accounts.values()].some(({ kind }) => kind === 'advisor'))
      client.error(-1, 321, `Error validating request.-'bE' : cause - ${NOT_ADVISOR}`);
    else if (faDataType === 2 && client.serverVersion >= 177) client.error(-1, 585, NO_PROFILES);
    else if (faDataType < 1 || faDataType > 3)
      client.error(-1, 321, "Error validating request.-'bE' : cause - Invalid FA data type");
    else
      client.send('receiveFA', {
        faDataType,
        xml: gateway.memory.advisor.get(faDataType) ?? xmlOf(faDataType, gateway.accounts),
      });
  },

  replaceFA: ({ faDataType = 0, cxml = '', reqId = -1 }, client, gateway) => {
    if (![...gateway.accounts.accounts.values()].some(({ kind }) => kind === 'advisor')) {
      client.error(reqId, 321, `Error validating request.-'bE' : cause - ${NOT_ADVISOR}`);
      return;
    }
    if (faDataType === 2 && client.serverVersion >= 177) {
      client.error(reqId, 585, NO_PROFILES);
      return;
    }
    if (!cxml.trim().startsWith('<')) {
      client.error(reqId, 10230, 'You have unsaved FA changes. Please retry when the data is well formed.');
      return;
    }
    gateway.memory.advisor.set(faDataType, cxml);
    client.send('replaceFAEnd', { reqId, text: 'FA data operation completed successfully' });
  },
} satisfies Family;

function xmlOf(faDataType: number, accounts: Parameters<typeof groupsXml>[0]): string {
  if (faDataType === 1) return groupsXml(accounts);
  if (faDataType === 3) return aliasesXml(accounts);
  return '<?xml version="1.0" encoding="UTF-8"?>\n<ListOfAllocationProfiles/>\n';
}
