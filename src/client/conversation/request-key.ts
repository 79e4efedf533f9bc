// A text that is the same for the same request, so that equal streams share one.

/** Fields in one order, those without a value left out. */
export function requestKey(...parts: readonly unknown[]): string {
  return JSON.stringify(parts, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => field !== undefined && field !== '')
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  });
}
