// TOO-COMPLEX: more coupled orders than are judged exactly.
import type { Rule } from '../context.js';
import { isEngineKind } from '../facts/snapshot.js';
import { finding } from '../finding.js';

export const tooComplex: Rule = {
  codes: ['TOO-COMPLEX'],
  judge: (context) => {
    if (!isEngineKind(context.snapshot)) return [];
    const many = context.worst().tooMany;
    if (many === undefined) return [];
    const cancel = many.ids.length === 0 ? undefined : [...many.ids].join(', ');
    const underlying = many.underlying.replace(/^F\|/, '').split('|')[0] ?? '';
    return [finding('TOO-COMPLEX', { count: String(many.count), cap: String(context.snapshot.vertexCap), underlying, cancel })];
  },
};
