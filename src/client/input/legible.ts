// What `console.log` shows of a handle: the values that its getters give, where Node shows `[Getter]`.

/** Node's name for a method that says what is shown. */
export const SHOWN: symbol = Symbol.for('nodejs.util.inspect.custom');

/** The handle itself, with its parts as they are whenever it is shown. */
export function legible<T extends object>(handle: T): T {
  return Object.defineProperty(handle, SHOWN, { value: (): T => ({ ...handle }) });
}
