// Headlines with their metadata apart.

/** What stands in braces before a headline, or in a field of its own: scores and languages. */
export interface HeadlineFacts {
  readonly text: string;
  /** Ids of the providers' topics. */
  readonly topics: readonly string[];
  readonly language: string | undefined;
  /** Confidence of the sentiment, 0 to 1, and the sentiment from -1 to 1. */
  readonly confidence: number | undefined;
  readonly sentiment: number | undefined;
}

/** Reads `{A:800015:L:en:K:n/a:C:0.98}Headline`, a `!` behind the braces passed over. */
export function readHeadline(headline: string, extraData = ''): HeadlineFacts {
  const found = /^\{([^{}]*)\}!?\s*/.exec(headline);
  const facts = found?.[1] ?? extraData;
  const text = found === null ? headline : headline.slice(found[0].length);
  const parts = facts.split(':');
  const after = (letter: string): string | undefined => {
    const at = parts.indexOf(letter);
    return at < 0 ? undefined : parts[at + 1];
  };
  const number = (value: string | undefined): number | undefined => {
    const parsed = Number(value);
    return value === undefined || value.trim() === '' || Number.isNaN(parsed) ? undefined : parsed;
  };
  return {
    text,
    topics: (after('A') ?? '').split(',').filter((topic) => topic !== ''),
    language: after('L'),
    sentiment: number(after('K')),
    confidence: number(after('C')),
  };
}
