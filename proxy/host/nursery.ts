/**
 * The engine's space for young objects. Loading the program makes garbage of megabytes in one go, for which the engine
 * would grow that space to its largest and keep it so: 6 MB of an idle gateway. So it stays small until the gateway
 * listens, and may then grow with the traffic.
 */
import { setFlagsFromString } from 'node:v8';

/** As V8 has it when nobody says otherwise. A larger one only takes memory sooner. */
const GROWTH_FACTOR = 2;

export function keepNurserySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

export function letNurseryGrow(): void {
  setFlagsFromString(`--semi-space-growth-factor=${GROWTH_FACTOR}`);
}
