// What a file holds, told by its content: names mean nothing.

import { runCases } from '../rules/cases.js';
import { type Capture, captureCases, type Transcript, transcriptCases } from './captures.js';
import { type HandshakeVector, handshakeCases } from './handshakes.js';
import { isList, isObject, type JsonObject } from './json.js';
import { type ProtobufVector, protobufCases } from './protobuf-vectors.js';
import { type RefusalVector, refusalCases } from './refusals.js';
import { type RequestVector, requestCases } from './requests.js';
import { type ResponseVector, responseCases } from './responses.js';
import { type Case, type Tally, tally } from './verdict.js';

export interface Recognised {
  /** What it is, for people. */
  readonly shape: string;
  readonly run: () => Tally;
}

interface Shape {
  readonly name: string;
  readonly fits: (vector: JsonObject) => boolean;
  readonly cases: (vectors: readonly JsonObject[]) => readonly Case[];
}

// The first shape that fits an element decides; a file may hold several.
const SHAPES: readonly Shape[] = [
  {
    name: 'refusals',
    fits: (vector) => 'refused' in vector || 'threw' in vector,
    cases: (vectors) => refusalCases(vectors as unknown as readonly RefusalVector[]), // recognised by the keys above
  },
  {
    name: 'handshakes',
    fits: (vector) => 'helloHex' in vector && 'frameHex' in vector,
    cases: (vectors) => handshakeCases(vectors as unknown as readonly HandshakeVector[]), // recognised by the keys above
  },
  {
    name: 'responses',
    fits: (vector) => 'decodedBy' in vector && 'frameHex' in vector,
    cases: (vectors) => responseCases(vectors as unknown as readonly ResponseVector[]), // recognised by the keys above
  },
  {
    name: 'requests',
    fits: (vector) => 'method' in vector && 'args' in vector && 'frameHex' in vector,
    cases: (vectors) => requestCases(vectors as unknown as readonly RequestVector[]), // recognised by the keys above
  },
  {
    name: 'protobuf bodies',
    fits: (vector) => 'frameHex' in vector && 'direction' in vector && ('value' in vector || vector['malformed'] === true),
    cases: (vectors) => protobufCases(vectors as unknown as readonly ProtobufVector[]), // recognised by the keys above
  },
];

/** Undefined: nothing known stands in the file. */
export function recognise(content: unknown): Recognised | undefined {
  if (isList(content)) return recogniseList(content);
  if (!isObject(content)) return undefined;
  if (isList(content['vectors'])) return recogniseList(content['vectors']);
  if (isList(content['steps']))
    return { shape: 'transcript', run: () => tally(transcriptCases(content as unknown as Transcript)) }; // has its keys
  if ((isList(content['messages']) || isList(content['chunks'])) && 'source' in content) {
    return { shape: 'capture', run: () => tally(captureCases(content as unknown as Capture)) }; // has its keys
  }
  if (isList(content['cases']) || isList(content['pdt']) || isList(content['sizing']))
    return { shape: 'rule cases', run: () => rulesTally(content) };
  return isTables(content) ? { shape: 'tables, no cases', run: () => tally([]) } : undefined;
}

function recogniseList(list: readonly unknown[]): Recognised | undefined {
  const groups = new Map<Shape | undefined, JsonObject[]>();
  for (const element of list) {
    const shape = isObject(element) ? SHAPES.find((one) => one.fits(element)) : undefined;
    const group = groups.get(shape) ?? [];
    groups.set(shape, group);
    if (isObject(element)) group.push(element);
  }
  const strange = groups.get(undefined);
  groups.delete(undefined);
  if (groups.size === 0) return undefined;
  return {
    shape: [...groups.keys()].map((shape) => shape?.name).join(', '),
    run: () =>
      tally([
        ...[...groups].flatMap(([shape, vectors]) => shape?.cases(vectors) ?? []),
        ...(strange ?? []).map((): Case => ({ name: 'an element', check: () => ({ fail: 'no known shape' }) })),
      ]),
  };
}

function rulesTally(content: JsonObject): Tally {
  const report = runCases(content);
  return {
    passed: report.passed,
    failed: report.failures.map(({ name, difference }) => ({ name, why: difference })),
    skipped: Array.from({ length: report.skipped }, () => ({
      name: 'rule case',
      why: 'a section that the rule book does not describe',
    })),
  };
}

/** Field tables, defaults and vocabulary: facts that vectors rest on. */
function isTables(content: JsonObject): boolean {
  const marks = [
    'fieldGrammar',
    'elements',
    'presenceRules',
    'removedMessages',
    'constants',
    'tickTypes',
    'orderTypes',
    'schemaVersion',
  ];
  return marks.some((mark) => mark in content) || ('Contract' in content && 'Order' in content);
}
