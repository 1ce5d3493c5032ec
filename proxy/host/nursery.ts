/**
 * The engine's space for young objects. Loading the program makes garbage of megabytes in one go, for which the engine
 * would grow that space to its largest and keep it so: 6 MB of an idle gateway. So it stays small until the gateway
 * listens. With the first traffic it may grow to its largest in one step: by doubling it would stay small for thousands of
 * requests, and a small space is swept four times as often.
 */
import { setFlagsFromString } from 'node:v8';

/** From 1 MB to the 16 MB that are the engine's own limit. */
const GROWTH_FACTOR = 16;

export function keepNurserySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

export function letNurseryGrow(): void {
  setFlagsFromString(`--semi-space-growth-factor=${GROWTH_FACTOR}`);
}
