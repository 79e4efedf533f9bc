// What a listener gives back: the promise of an async one may reject, and that is reported as a throw is.

/** Calls what a user gave: what it throws or rejects with is reported, and the work goes on. */
export function callUser(act: () => unknown, thrown: (error: unknown) => void): void {
  try {
    heed(act(), thrown);
  } catch (error) {
    thrown(error);
  }
}

/** Reports what the promise rejects with, if it is one. */
export function heed(answer: unknown, thrown: (error: unknown) => void): void {
  if (typeof answer !== 'object' || answer === null || !('then' in answer)) return;
  Promise.resolve(answer).then(undefined, thrown);
}
