/** Runs one piece of work after the other, whatever becomes of the one before. */
export function createSerialQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(leaveToCaller);
    return result;
  };
}

/** The caller holds the promise and its rejection; the queue only goes on. */
function leaveToCaller(): undefined {
  return undefined;
}
