// One desk to a database: two would number the same lines and decide the same drafts.

export class InUseError extends Error {
  constructor(where: string) {
    super(`another desk runs on ${where}: give this one a database of its own with --db`);
  }
}
