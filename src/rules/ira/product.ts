// IRA-PRODUCT: contracts for difference and spot metal are not opened in an IRA.
import { onlyIra } from './only-ira.js';

export const product = onlyIra('IRA-PRODUCT', (ask) => {
  const bad = ask.opens ? ask.contracts.find(({ secType }) => secType === 'CFD' || secType === 'CMDTY') : undefined;
  return bad === undefined ? undefined : { secType: bad.secType };
});
