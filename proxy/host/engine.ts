/**
 * How much memory the engine takes, set from within because the two hosts start differently.
 *
 * Until the gateway has something to do it only loads, and what the engine does for programs that run long costs more
 * than it saves: the space for young objects would grow to its largest and stay so (6 MB of an idle gateway), and
 * compiling a handful of functions touches 5 to 10 MB of the compilers' own code.
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** As V8 has it when nobody says otherwise. A larger one only takes memory sooner. */
const GROWTH_FACTOR = 2;
const NO_GROWTH = 1;
/** Two halves of 8 MB. The engine would go to 100 MB for a few thousand requests, for hardly less processor time. */
const NURSERY_BYTES_ENOUGH = 16 * 1024 * 1024;

/** Before anything else is loaded. Whoever calls this calls `workFullyWhenBusy` once the gateway listens. */
export function startLightly(): void {
  setGrowth(NO_GROWTH);
  setFlagsFromString('--no-maglev');
  setFlagsFromString('--no-turbofan');
}

/** Busy is who makes garbage: a few calls are enough for the first collection. */
export function workFullyWhenBusy(): void {
  let factor = NO_GROWTH;
  const observer = new PerformanceObserver(() => {
    // The engine shrinks the space again when there is little to do, so whether it may grow is asked after each collection.
    const wanted = nurseryBytes() < NURSERY_BYTES_ENOUGH ? GROWTH_FACTOR : NO_GROWTH;
    if (wanted === factor) return;
    factor = wanted;
    setGrowth(factor);
    setFlagsFromString('--maglev');
    setFlagsFromString('--turbofan');
  });
  observer.observe({ type: 'gc' });
}

function setGrowth(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

function nurseryBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
}
