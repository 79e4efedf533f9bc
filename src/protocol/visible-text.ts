// Text of others as people may read it: signs that would be obeyed, or cannot be seen, are shown.

/**
 * Controls (C0, DEL, C1), marks of writing direction, zero-width and other ignorable signs, line and paragraph separators,
 * halves of letters.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;
const EACH_UNSEEN = new RegExp(UNSEEN, 'gu');
const BLANKS = /\s+/g;

/**
 * One line in which nothing is obeyed and nothing hides: an escape sign becomes the six letters `\u001b`, as JSON writes it, and
 * so do bidirectional marks (`\u202e`) and zero-width signs (`\u200b`). Line ends and tabs become one blank together with the blanks
 * around them. All else stays; a text without such signs is returned as it is. JSON text remains the same JSON.
 */
export function visibleText(text: string): string {
  return UNSEEN.test(text) ? text.replace(BLANKS, withoutLineEnds).replace(EACH_UNSEEN, asJsonWrites) : text;
}

function withoutLineEnds(blanks: string): string {
  return /[\t\r\n]/.test(blanks) ? ' ' : blanks;
}

function asJsonWrites(sign: string): string {
  const [first, second] = [sign.charCodeAt(0), sign.charCodeAt(1)];
  return Number.isNaN(second) ? escaped(first) : escaped(first) + escaped(second);
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** At most so many letters; what is left out is counted behind them. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = isHighHalf(text.charCodeAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}… (${text.length - end} more)`;
}

function isHighHalf(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
