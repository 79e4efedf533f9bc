// What a listener gives back: the promise of an async one may reject, and that is reported as a throw is.

/** Reports what the promise rejects with, if it is one. */
export function heed(answer: unknown, thrown: (error: unknown) => void): void {
  if (typeof answer !== 'object' || answer === null || !('then' in answer)) return;
  Promise.resolve(answer).then(undefined, thrown);
}
