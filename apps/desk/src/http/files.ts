// Rows as files: CSV for a spreadsheet, Parquet for a program. Made of what a command answers, under the caller's own scopes.

import { type Columns, toCsv, toParquet } from '@ibwire/portfolio';
import type { FastifyInstance } from 'fastify';
import { commandOf } from '../commands/list.js';
import type { Desk } from '../desk.js';
import { Problem } from '../problem.js';
import { checkScope } from './access.js';
import { queryReader } from './query.js';
import { parsed } from './routes.js';

type Row = Readonly<Record<string, unknown>>;

/** What can be had as a file: the command that is asked, and its rows. */
const FILES: Readonly<Record<string, { readonly command: string; rows(answer: unknown): readonly Row[] }>> = {
  positions: { command: 'portfolio.positions', rows: (answer) => answer as readonly Row[] },
  fills: { command: 'orders.executions', rows: (answer) => answer as readonly Row[] },
  bars: { command: 'history.bars', rows: (answer) => (answer as { readonly bars: readonly Row[] }).bars },
};
const FORMATS = {
  csv: { type: 'text/csv; charset=utf-8', write: toCsv },
  parquet: { type: 'application/vnd.apache.parquet', write: (columns: Columns): Buffer => Buffer.from(toParquet(columns)) },
} as const;

/** A column for every name that any row has, in the order in which they are met. */
function columnsOf(rows: readonly Row[]): Columns {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return names.map((name) => [
    name,
    rows.map(({ [name]: cell }) => (cell === undefined || typeof cell === 'boolean' ? cell : String(cell))),
  ]);
}

export function fileRoutes(app: FastifyInstance, desk: Desk): void {
  app.get<{ Params: { name: string; format: string } }>('/files/:name.:format', async (request, reply) => {
    const { name, format } = request.params;
    const [file, how] = [FILES[name], FORMATS[format as keyof typeof FORMATS]];
    const row = file === undefined ? undefined : commandOf(file.command);
    if (file === undefined || row === undefined || how === undefined)
      throw new Problem(404, 'not-found', 'Not found', `there is no file ${name}.${format}`, {
        remedy: `There are ${Object.keys(FILES).join(', ')} as ${Object.keys(FORMATS).join(' and ')}.`,
      });
    checkScope(request.caller, row.need);
    const input = parsed(row.input, queryReader(row.input)(request.query as Record<string, unknown>));
    const rows = file.rows(await row.run(input, { desk, who: request.caller }));
    reply.header('content-type', how.type).header('content-disposition', `attachment; filename="${name}.${format}"`);
    return how.write(columnsOf(rows));
  });
}
