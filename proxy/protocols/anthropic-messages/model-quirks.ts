/**
 * What earlier and later Claude models refuse, told by their names: Anthropic gives no other sign. Applied below what the
 * provider's own quirks say. A name that is not Claude's is taken to speak the protocol as it is written today.
 */
import type { Quirks } from '../translation.ts';

/** `claude-3-5-sonnet-20241022`, `claude-opus-4-1-20250805`, `anthropic/claude-haiku-4.5`, `claude-opus-5`. */
const OLD_STYLE = /claude-(\d)(?:[-.](\d))?-(?:opus|sonnet|haiku)/;
const NEW_STYLE = /claude-(?:[a-z]+)-(\d+)(?:[-.](\d{1,2})(?!\d))?/;

export function quirksOfModel(model: string): Partial<Quirks> {
  const match = OLD_STYLE.exec(model) ?? NEW_STYLE.exec(model);
  if (match === null) return /claude-(?:2|instant)/.test(model) ? BEFORE_4_1 : {};
  const version = Number(match[1]) * 100 + Number(match[2] ?? 0);
  if (version < 401) return BEFORE_4_1;
  // Opus 4.1 was the first to refuse two samplings at once; structured output came with 4.5 (and to Opus 4.1 with it).
  if (version < 406) return { thinkingStyle: 'budget', oneSampling: true };
  return version === 406 ? { oneSampling: true } : { thinkingStyle: 'adaptive', noSampling: true };
}

const BEFORE_4_1: Partial<Quirks> = { thinkingStyle: 'budget', schemaByTool: true };
