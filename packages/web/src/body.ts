// What came over the wire, read without hope: JSON, text, HTML or nothing, whatever its headers say.

/** The body of an answer or a frame of the stream. */
export type Body =
  | { readonly form: 'json'; readonly value: unknown }
  | { readonly form: 'text' | 'html'; readonly text: string }
  | { readonly form: 'empty' };

/** A number of more digits than a double keeps, or a word for none: rare, so that the rest is read at full speed. */
const RISKY = /\d[\d.]{15,}/;
/** The same at twenty times the speed, where it is not: written out it can be skipped through. */
const PERHAPS = new RegExp('[0-9.]'.repeat(16));
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-?\b(?:NaN|Infinity)\b/g;

/** Long numbers become text, digit by digit; NaN and Infinity become null: they are no value. */
function tamed(text: string): string {
  return text.replace(TOKEN, (token) => {
    if (token.startsWith('"')) return token;
    if (/[NI]/.test(token)) return 'null';
    return token.replace(/[^\d]/g, '').length > 15 ? `"${token}"` : token;
  });
}

function parsed(text: string): unknown {
  if (PERHAPS.test(text) && RISKY.test(text)) return JSON.parse(tamed(text));
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/\b(?:NaN|Infinity)\b/.test(text)) throw error;
    return JSON.parse(tamed(text));
  }
}

/** Reads a body. Bytes are UTF-8; binary frames of the stream hold text too. */
export function readBody(raw: string | Uint8Array): Body {
  const text = (typeof raw === 'string' ? raw : new TextDecoder().decode(raw)).trim();
  if (text === '') return { form: 'empty' };
  if (/^[[{"\d-]|^(?:true|false|null)$/.test(text)) {
    try {
      return { form: 'json', value: parsed(text) };
    } catch {
      return { form: 'text', text };
    }
  }
  return { form: text.startsWith('<') ? 'html' : 'text', text };
}

/** The words a person can read in a body that is no answer; never longer than a line. */
export function wordsOf(body: Body): string {
  switch (body.form) {
    case 'empty':
      return '';
    case 'text':
      return body.text.slice(0, 300);
    case 'html':
      return body.text
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 300);
    case 'json': {
      const { error, message, title, detail } = (body.value ?? {}) as Readonly<Record<string, unknown>>;
      for (const one of [error, detail, message, title]) if (typeof one === 'string' && one !== '') return one.slice(0, 300);
      return typeof body.value === 'string' ? body.value.slice(0, 300) : '';
    }
  }
}
