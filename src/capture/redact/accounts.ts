// Finds account numbers in bytes that nobody can read field by field.

/** What account numbers look like: live, paper, advisor, friends and family, demo. */
const LIKE = '(?:D?[UFI]|DF)\\d{5,9}';
const IN_TEXT = new RegExp(`(?<![A-Za-z0-9])${LIKE}(?![A-Za-z0-9])`, 'g');
const WHOLE = new RegExp(`^${LIKE}$`);
const LENGTH_AND_LETTER = /[\x06-\x0b](?=[DUFI])/g;
/** Shorter ones are known only from fields of their own: elsewhere they could be anything. */
const SHORTEST = 5;

/** `text`: numbers stand between signs that are no letters. `protobuf`: in front stands the length, behind may stand anything. */
export type Around = 'text' | 'protobuf' | 'unknown';

export class AccountFinder {
  /** Account numbers met so far, longest first. */
  private known: string[] = [];

  learn(account: string): void {
    if (account.length < SHORTEST || this.known.includes(account)) return;
    this.known.push(account);
    this.known.sort((a, b) => b.length - a.length);
  }

  /** The same text, one letter per byte, with every account number replaced by `stand(account)` of the same length. */
  replace(text: string, around: Around, stand: (account: string) => string): string {
    let replaced = text;
    const put = (at: number, account: string): void => {
      replaced = replaced.slice(0, at) + stand(account) + replaced.slice(at + account.length);
    };
    if (around !== 'protobuf') for (const match of text.matchAll(IN_TEXT)) put(match.index, match[0]);
    if (around !== 'text') {
      for (const { index } of text.matchAll(LENGTH_AND_LETTER)) {
        const account = text.slice(index + 1, index + 1 + text.charCodeAt(index));
        if (WHOLE.test(account)) put(index + 1, account);
      }
    }
    for (const account of this.known) {
      for (let at = text.indexOf(account); at >= 0; at = text.indexOf(account, at + 1)) {
        const isAlone = !isWord(text, at - 1) && !isWord(text, at + account.length);
        if (isAlone || around !== 'text') put(at, account);
      }
    }
    return replaced;
  }
}

function isWord(text: string, at: number): boolean {
  return at >= 0 && at < text.length && /[A-Za-z0-9]/.test(text.charAt(at));
}
