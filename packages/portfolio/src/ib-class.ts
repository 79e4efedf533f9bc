// Interactive Brokers' kinds of contracts (secType, assetCategory, assetClass) in the words of the model.
import type { AssetClass } from './model.js';

const CLASSES: Readonly<Record<string, AssetClass>> = {
  STK: 'stock',
  OPT: 'option',
  FOP: 'option',
  FUT: 'future',
  CONTFUT: 'future',
  FUND: 'fund',
  BOND: 'bond',
  BILL: 'bond',
  CASH: 'forex',
  CRYPTO: 'crypto',
};

export const ibClass = (kind: string | undefined): AssetClass => CLASSES[kind ?? ''] ?? 'other';
