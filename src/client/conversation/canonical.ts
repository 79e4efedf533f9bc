// One text for values that are the same, whatever the order of their fields.

/** Canonical JSON: keys sorted, undefined left out, Infinity and NaN kept apart from null. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`)
      .join(',')}}`;
  }
  return typeof value === 'number' && !Number.isFinite(value) ? `#${value}` : (JSON.stringify(value) ?? 'null');
}
