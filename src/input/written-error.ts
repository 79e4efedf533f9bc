// An error as plain data: JSON leaves out the text, the name and the cause of any other.

/** What an error says: its name and text, its own fields, and what lies behind it. */
export function writtenError(error: Error): Readonly<Record<string, unknown>> {
  const { name, message, cause } = error;
  const isBare = cause instanceof Error && !('toJSON' in cause);
  const said: Record<string, unknown> = { name, message };
  return Object.assign(said, error, cause !== undefined && { cause: isBare ? writtenError(cause) : cause });
}
