// What a caller hands over, as the order path keeps it: an order waits and works long after, and its caller may use the objects again.

/** A copy that nobody else holds, with the lists and records in it. */
export function ownCopy<T>(given: T): T {
  if (Array.isArray(given)) return (given as readonly unknown[]).map(ownCopy) as T;
  if (typeof given !== 'object' || given === null) return given;
  const own = Object.assign({}, given) as Record<string, unknown>;
  for (const name in own) {
    const value = own[name];
    if (typeof value === 'object' && value !== null) own[name] = ownCopy(value);
  }
  return own as T;
}
