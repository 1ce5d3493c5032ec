/** What a window will come to when it goes on as it went so far. Pure. */

export interface ForecastInput {
  readonly spentNano: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly nowMs: number;
}

/** A guess from less than this share of a window says more about chance than about the person. */
const SHARE_MIN = 0.04;

/** A straight line from the start of the window through now to its end. Undefined when it is too early to say. */
export function forecastNano({ spentNano, startMs, endMs, nowMs }: ForecastInput): number | undefined {
  const share = (nowMs - startMs) / (endMs - startMs);
  if (!(share >= SHARE_MIN) || spentNano < 0) return undefined;
  return share >= 1 ? spentNano : Math.round(spentNano / share);
}
