/** temperature, top_p and top_k as far as the model takes them. */
import type { Call } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import type { Quirks } from '../translation.ts';

const TEMPERATURE_MAX = 1;
/** The least top_p beside thinking. */
const TOP_P_THINKING_MIN = 0.95;

export function fromSampling(call: Call, quirks: Readonly<Quirks>, thinks: boolean, warnings: Warnings): JsonObject {
  const temperature = temperatureOf(call, quirks, thinks, warnings);
  const topP = topPOf(call, quirks, thinks, temperature !== undefined, warnings);
  const topK = quirks.noSampling === true || thinks ? undefined : call.topK;
  if (call.topK !== undefined && topK === undefined) warnings.add('dropped_top_k', 'top_k');
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(topK === undefined ? {} : { top_k: topK }),
  };
}

function temperatureOf({ temperature }: Call, quirks: Readonly<Quirks>, thinks: boolean, warnings: Warnings) {
  // 1 is what everybody gets who says nothing.
  if (temperature === undefined || (temperature === 1 && quirks.noSampling === true)) return undefined;
  if (quirks.noSampling === true || (thinks && temperature !== 1)) {
    warnings.add('dropped_temperature', 'temperature');
    return undefined;
  }
  if (temperature > TEMPERATURE_MAX) warnings.add('clamped_temperature', 'temperature');
  return Math.min(temperature, TEMPERATURE_MAX);
}

function topPOf(
  { topP }: Call,
  quirks: Readonly<Quirks>,
  thinks: boolean,
  hasTemperature: boolean,
  warnings: Warnings,
): number | undefined {
  if (topP === undefined || (topP === 1 && quirks.noSampling === true)) return undefined;
  const refused =
    quirks.noSampling === true ||
    (thinks && topP < TOP_P_THINKING_MIN) ||
    (quirks.oneSampling === true && hasTemperature);
  if (!refused) return topP;
  if (topP !== 1) warnings.add('dropped_top_p', 'top_p');
  return undefined;
}
