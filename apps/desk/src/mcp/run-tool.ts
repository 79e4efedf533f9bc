// A tool that is a command: its arguments held against the command's own schema, its answer wrapped for a model.

import type { CallToolResult, ServerContext, StandardSchemaWithJSON, ToolAnnotations } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Caller, CallOf, Command } from '../commands/command.js';
import type { Desk } from '../desk.js';
import { answered, envelope, failed } from './answer.js';
import { placeInput, placeOutput } from './place-order.js';
import { type Json, shownInput, shownOutput, standard } from './schema.js';
import type { ToolRow } from './tools.js';

const PLACE = 'orders.draft';
export const isPlace = ({ command }: ToolRow): boolean => command.name === PLACE;

function inputOf(row: ToolRow): z.ZodObject {
  if (isPlace(row)) return placeInput;
  const { fields, command } = row;
  if (fields === undefined) return command.input;
  return command.input.pick(Object.fromEntries(fields.map((field) => [field, true])) as Record<string, true>);
}

/** What is wrong with arguments, in words that a model can act on. */
const issuesOf = (error: z.ZodError, names: readonly string[]): readonly string[] =>
  error.issues.map((issue) => {
    const at = issue.path.join('.');
    const hint = issue.code === 'unrecognized_keys' ? `; there are ${names.join(', ')}` : '';
    return `${at === '' ? '' : `${at}: `}${issue.message}${hint}`;
  });

export interface ShownTool {
  readonly title: string;
  readonly description: string;
  readonly inputSchema: StandardSchemaWithJSON<unknown, Record<string, unknown>>;
  readonly outputSchema: StandardSchemaWithJSON<unknown, unknown>;
  readonly annotations: ToolAnnotations;
}

function annotationsOf({ need, changes }: Command): ToolAnnotations {
  if (need === 'read') return changes === true ? { readOnlyHint: false, destructiveHint: false } : { readOnlyHint: true };
  return { readOnlyHint: false, destructiveHint: true };
}

const PLACE_TEXT =
  'Drafts an order and previews it. It is sent at once in simulation; else a person approves it, no tool can. ' +
  'The same call again gives the same draft.';

function outputOf(row: ToolRow): Json {
  if (isPlace(row)) return shownOutput(placeOutput, 1);
  const { command, under, depth } = row;
  const inner = under === undefined ? command.output : z.object({ [under]: command.output });
  return joined(shownOutput(inner, depth), shownOutput(z.object(envelope), 1));
}

/** One object of the members of both. */
function joined(first: Json, second: Json): Json {
  const names = (of: Json): readonly string[] => (of['required'] as readonly string[] | undefined) ?? [];
  return {
    ...first,
    properties: { ...(first['properties'] as Json), ...(second['properties'] as Json) },
    required: [...new Set([...names(first), ...names(second)])],
  };
}

const shown = new Map<string, ShownTool>();

/** As tools/list tells it; made once. */
export function shownTool(row: ToolRow): ShownTool {
  const known = shown.get(row.name);
  if (known !== undefined) return known;
  const input = inputOf(row);
  const names = Object.keys(input.shape);
  const made: ShownTool = {
    title: row.command.title,
    description: isPlace(row) ? PLACE_TEXT : row.command.text,
    inputSchema: standard(shownInput(input), (value) => {
      const told = input.safeParse({ ...row.defaults, ...(value as object) });
      return told.success ? { value: told.data } : { issues: issuesOf(told.error, names) };
    }),
    outputSchema: standard(outputOf(row), (value) => ({ value })),
    annotations: annotationsOf(row.command),
  };
  shown.set(row.name, made);
  return made;
}

/** Tells the host how far a long call has come, where it asked for that. */
function progressOf({ mcpReq }: ServerContext): CallOf['progress'] {
  const token = mcpReq._meta?.progressToken;
  if (token === undefined) return undefined;
  return (done, total, message) => {
    const params = { progressToken: token, progress: done, message, ...(total === undefined ? {} : { total }) };
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
  };
}

export async function runTool(
  row: ToolRow,
  input: Record<string, unknown>,
  context: ServerContext,
  { desk, who }: { readonly desk: Desk; readonly who: Caller },
): Promise<CallToolResult> {
  const { command, under } = row;
  try {
    // What changes something is finished even when nobody waits for the answer any more.
    const signal = command.need === 'read' ? context.mcpReq.signal : undefined;
    const told = command.input.parse(input);
    const output: unknown = await command.run(told, { desk, who, signal, progress: progressOf(context) });
    return answered(desk, (under === undefined ? output : { [under]: output }) as Json);
  } catch (error) {
    return failed(error);
  }
}
