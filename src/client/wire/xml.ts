// The few elements that are read from a gateway's XML, in one pass over it however it is broken.

/** What stands between `<tag …>` and the next `</tag>`, one after the other; an element in one of its own name is none. */
export function* insidesOf(xml: string, tag: string): Generator<string, void, undefined> {
  const open = `<${tag}`;
  const close = `</${tag}>`;
  let at = 0;
  for (;;) {
    const begin = xml.indexOf(open, at);
    if (begin < 0) return;
    at = begin + open.length;
    if (!isEndOfName(xml.charCodeAt(at))) continue;
    const inside = xml.indexOf('>', at) + 1;
    const end = inside === 0 ? -1 : xml.indexOf(close, inside);
    if (end < 0) return;
    yield xml.slice(inside, end);
    at = end + close.length;
  }
}

/** True for a document that ends where its outermost element does, and for none: one that broke off would read as a shorter list. */
export function isWholeXml(xml: string): boolean {
  const text = xml.trim();
  if (text === '') return true;
  let at = text.indexOf('<');
  while (at >= 0 && (text[at + 1] === '?' || text[at + 1] === '!')) at = text.indexOf('<', at + 1);
  const end = at < 0 ? -1 : text.indexOf('>', at);
  if (end < 0) return false;
  const tag = text.slice(at + 1, end);
  if (tag.endsWith('/')) return end === text.length - 1;
  const [name = ''] = tag.split(/\s/, 1);
  return text.endsWith(`</${name}>`);
}

/** The text of the first such element; empty without one. */
export function textOf(xml: string, tag: string): string {
  const [inside = ''] = insidesOf(xml, tag);
  return plainXml(inside);
}

/** Text with its entities read, without blanks at its ends. */
export function plainXml(xml: string): string {
  return xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&').trim();
}

/** Closed at once, or with attributes behind a blank. */
function isEndOfName(sign: number): boolean {
  return sign === 62 || sign === 32 || (sign >= 9 && sign <= 13);
}
