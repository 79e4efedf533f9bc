// IRA-CRYPTO: spot crypto only after somebody has checked that this account may hold it.
import { onlyIra } from './only-ira.js';

export const crypto = onlyIra('IRA-CRYPTO', (ask, { snapshot }) =>
  !snapshot.policy.iraCrypto && ask.opens && ask.contracts.some(({ secType }) => secType === 'CRYPTO') ? {} : undefined,
);
