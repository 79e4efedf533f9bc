// What is money by another name: it counts as cash, once.

/** US money market funds carry five letters of which the last two are XX; FCASH and the like are sweep lines. */
const SYMBOL = /^(?:[A-Z]{3}XX|FCASH|CORE|MMDA1|QACDS)$/;
const NAME = /\bmoney (?:market|mkt|fund)\b|\bmmkt\b|\bcash (?:sweep|reserves)\b|\b(?:bank|fdic) (?:sweep|deposit sweep)\b/i;

export function isCashEquivalent(symbol: string | undefined, name: string | undefined): boolean {
  return (symbol !== undefined && SYMBOL.test(symbol)) || (symbol !== undefined && name !== undefined && NAME.test(name));
}
