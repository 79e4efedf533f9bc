// The ids a message carries, wherever they stand in it.

export interface Ids {
  readonly reqId: number | undefined;
  /** The order's own id, also where an exercise request calls it reqId. */
  readonly orderId: number | undefined;
  readonly parentId: number | undefined;
  readonly execId: string | undefined;
}

/** `orderId` of an execution or a nested order counts when the message has none of its own. */
export function idsOf(message: object): Ids {
  const isExercise = get(message, 'kind') === 'exerciseOptions';
  const nested = numberAt(get(message, 'execution'), 'orderId') ?? numberAt(get(message, 'order'), 'orderId');
  const reqId = numberAt(message, 'reqId');
  return {
    reqId,
    orderId: isExercise ? reqId : (numberAt(message, 'orderId') ?? nested),
    parentId: numberAt(message, 'parentId') ?? numberAt(get(message, 'order'), 'parentId'),
    execId: textAt(message, 'execId') ?? textAt(get(message, 'execution'), 'execId'),
  };
}

function get(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? (value as Record<string, unknown>)[name] : undefined;
}

function numberAt(value: unknown, name: string): number | undefined {
  const found = get(value, name);
  return typeof found === 'number' ? found : undefined;
}

function textAt(value: unknown, name: string): string | undefined {
  const found = get(value, name);
  return typeof found === 'string' ? found : undefined;
}
