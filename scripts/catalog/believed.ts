/** What of a source's figures is a figure at all, before the sources are weighed against each other. */

import type { ModelIdentity, Readings } from './model-identity.ts';
import type { Rates, Reading, SourceName } from './reading.ts';
import { SOURCES } from './reading.ts';

/** The rules, in the words of the report. */
export const RULES = [
  'A price of 0 that only one source names counts as unknown, unless the id says "free" or it is the provider\'s own list: free by mistake would spend without end.',
  'A cache read for 0 beside a priced input counts as unknown: a gap in the source, not a gift.',
  'A maximum of output above the whole context window is left out.',
  'A cache read above the price of fresh input counts as unknown.',
] as const;

export function believed(identity: ModelIdentity, readings: Readings): Readings {
  const free = SOURCES.filter((source) => isFree(readings[source]?.rates));
  const trusted = free.length > 1 || /free/i.test(identity.id);
  const kept: [SourceName, Reading][] = SOURCES.flatMap((source) => {
    const reading = readings[source];
    if (reading === undefined) return [];
    if (free.includes(source) && !trusted && source !== identity.own) return [[source, unpriced(reading)]];
    const rates = plausible(reading.rates);
    return [[source, { ...reading, rates: identity.purpose === 'embedding' ? withoutOutput(rates) : rates }]];
  });
  return Object.fromEntries(kept);
}

function isFree(rates: Rates | undefined): boolean {
  return rates?.inputUsdPerMTok === 0 && (rates.outputUsdPerMTok ?? 0) === 0;
}

function unpriced(reading: Reading): Reading {
  const { tiers: _tiers, extras: _extras, ...facts } = reading;
  return { ...facts, rates: {} };
}

/** An embedding has no output: what some sources put there is the price of its input again. */
function withoutOutput(rates: Rates): Rates {
  const { outputUsdPerMTok: _none, ...rest } = rates;
  return rest;
}

function plausible(rates: Rates): Rates {
  const { inputUsdPerMTok, cacheReadUsdPerMTok } = rates;
  if (inputUsdPerMTok === undefined || cacheReadUsdPerMTok === undefined || inputUsdPerMTok === 0) return rates;
  if (cacheReadUsdPerMTok > 0 && cacheReadUsdPerMTok <= inputUsdPerMTok) return rates;
  const { cacheReadUsdPerMTok: _gap, ...rest } = rates;
  return rest;
}
