/** Runs `work` at once, and then at most once per `everyMs`: calls come and go faster than a panel should move. */
export interface Calm {
  run(): void;
  cancel(): void;
}

export function calm(work: () => void, everyMs: number): Calm {
  let resting: NodeJS.Timeout | undefined;
  let again = false;
  function run(): void {
    if (resting !== undefined) {
      again = true;
      return;
    }
    work();
    resting = setTimeout(() => {
      resting = undefined;
      if (!again) return;
      again = false;
      run();
    }, everyMs);
  }
  return {
    run,
    cancel() {
      clearTimeout(resting);
      resting = undefined;
      again = false;
    },
  };
}
