/** When a second attempt starts beside a slow first one. Both are paid, so it is off unless the config says otherwise. Pure. */
import type { Mode } from '../contract/config.ts';
import type { Latency } from './latency.ts';

export interface HedgeInput {
  /** `routing.hedge` of the config. */
  readonly enabled: boolean;
  readonly mode: Mode | undefined;
  readonly stream: boolean;
  /** Of the endpoint that is asked first. */
  readonly latency: Latency | undefined;
  /** Targets that a second attempt could go to, with closed breakers. */
  readonly othersLeft: number;
  readonly attemptsLeft: number;
}

/** With fewer, its 95th percentile is a guess. */
const SAMPLES_MIN = 20;
/** A first token is rarely so urgent that a second bill is worth it. */
const WAIT_MS_MIN = 200;

/** Milliseconds without a first token after which the second attempt starts; undefined: there is none. */
export function hedgeAfterMs({
  enabled,
  mode,
  stream,
  latency,
  othersLeft,
  attemptsLeft,
}: HedgeInput): number | undefined {
  if (!enabled || mode !== 'latency' || !stream) return undefined;
  if (othersLeft < 1 || attemptsLeft < 1) return undefined;
  if (latency?.firstTokenMsP95 === undefined || latency.samples < SAMPLES_MIN) return undefined;
  return Math.max(WAIT_MS_MIN, Math.ceil(latency.firstTokenMsP95));
}
