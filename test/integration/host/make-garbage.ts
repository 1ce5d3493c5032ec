/** Run by engine.test.ts in a process of its own: tells how large the space for young objects is before and after there is work. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import { startLightly, workFullyWhenBusy } from '../../../proxy/host/engine.ts';

const nurseryBytes = () => getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size;

/** Objects in every turn of the event loop, which live for a while, as requests in flight do. */
async function work(): Promise<void> {
  let living: string[][] = [];
  for (let turn = 0; turn < 2_000; turn += 1) {
    if (turn % 400 === 0) living = [];
    const made = Array.from({ length: 1_000 }, (_, index) => `${turn}-${index}`);
    living.push(made);
    await nextTurn();
  }
}

startLightly();
await work();
const light = nurseryBytes();
workFullyWhenBusy();
await work();
process.stdout.write(JSON.stringify({ light, busy: nurseryBytes() }));
