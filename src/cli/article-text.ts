// A news article as lines of text: HTML loses its tags.

/** A text without tags stays as it is. */
export function articleText(text: string): string {
  return /<[a-z][^<>]*>/i.test(text) ? withoutTags(text) : text;
}

function withoutTags(html: string): string {
  return html
    .replaceAll(/<(br|\/p|\/div|\/h\d|\/li|\/tr)[^<>]*>/gi, '\n')
    .replaceAll(/<[^<>]+>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
