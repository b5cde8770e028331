/** Runs at once when it has been quiet, then at most every `interval` ms, and never misses the last call. */
export function throttle(run: () => void, interval: number): { call(): void; dispose(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const rest = () => {
    timer = undefined;
    if (!again) return;
    again = false;
    start();
  };
  const start = () => {
    timer = setTimeout(rest, interval);
    run();
  };
  return {
    call() {
      if (timer === undefined) start();
      else again = true;
    },
    dispose() {
      clearTimeout(timer);
      timer = undefined;
      again = false;
    },
  };
}
