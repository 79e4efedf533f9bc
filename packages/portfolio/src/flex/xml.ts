// A Flex answer as elements with their attributes: well-formed to the last byte, or refused.

import { SaxesParser } from 'saxes';
import { PortfolioError } from '../problem.js';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
  readonly line: number;
}

interface Growing extends Element {
  readonly children: Growing[];
  text: string;
}

/** The root of the document. @throws {PortfolioError} `file-cut` when it is not well-formed. */
export function parseXml(text: string): Element {
  const parser = new SaxesParser({ position: true });
  const open: Growing[] = [];
  let root: Growing | undefined;
  let failure: string | undefined;
  parser.on('error', (error) => {
    failure ??= error.message.replace(/^\d+:\d+: /, '');
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Growing = {
      name,
      attributes: attributes as Record<string, string>,
      children: [],
      text: '',
      line: parser.line,
    };
    open.at(-1)?.children.push(element);
    open.push(element);
    root ??= element;
  });
  parser.on('text', (piece) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text.replace(/^\uFEFF/, '')).close();
  if (failure !== undefined || root === undefined)
    throw new PortfolioError('file-cut', `no whole XML document: ${failure ?? 'it is empty'}`, { line: parser.line });
  return root;
}

/** All elements under this one, depth first. */
export function* within(element: Element): Generator<Element> {
  for (const child of element.children) {
    yield child;
    yield* within(child);
  }
}
