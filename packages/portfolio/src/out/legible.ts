// Text of brokers and files as people may read it: what a terminal would obey or hide is shown. `visibleText` of ibwire does the
// same (a test holds one against the other over every sign); this package runs without ibwire too.

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** One line: escape sequences, marks of writing direction and zero-width signs as JSON writes them, line ends as a blank. */
export function visibleText(text: string): string {
  if (text.search(UNSEEN) < 0) return text;
  return text.replace(/\s+/g, (blanks) => (/[\t\r\n]/.test(blanks) ? ' ' : blanks)).replace(UNSEEN, asJsonWrites);
}

/** The same line by line; JSON stays the same JSON. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n');
}

function asJsonWrites(sign: string): string {
  const units = Array.from({ length: sign.length }, (_, at) => sign.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
