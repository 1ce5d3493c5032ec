/** A whole response to an answer. */
import type { Answer } from '../../core/answer.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { asCount, asObject, asText } from '../../core/json-value.ts';
import type { Part } from '../../core/part.ts';
import { providerCostNano } from '../extra-counts.ts';
import { decodeFinishReason } from './finish-reason.ts';
import { CALL_TYPES, decodeOutputItem, type Item } from './output-item.ts';
import { decodeUsage } from './usage.ts';

/** Throws GatehouseError upstream_malformed when the body is no response. */
export function decodeAnswer(body: Buffer): Answer {
  const response = asObject(parse(body));
  if (response === undefined || !Array.isArray(response.output)) throw malformed('it is no JSON object with an output');
  const items = response.output.map(asObject).filter((item) => item !== undefined);
  const id = asText(response.id);
  const model = asText(response.model);
  const created = asCount(response.created_at);
  const usage = decodeUsage(response.usage, items);
  const cost = providerCostNano(response.usage);
  const finishReason = decodeFinishReason(response, callsTools(items));
  const logprobs = logprobsOf(items);
  return {
    ...(id === undefined ? {} : { id }),
    ...(model === undefined ? {} : { model }),
    ...(created === undefined ? {} : { created }),
    choices: [
      {
        index: 0,
        parts: items.flatMap((item, index) => decodeItem(item, index)),
        ...(finishReason === undefined ? {} : { finishReason }),
        ...(logprobs === undefined ? {} : { logprobs }),
      },
    ],
    ...(usage === undefined ? {} : { usage }),
    ...(cost === undefined ? {} : { providerCostNano: cost }),
  };
}

export function callsTools(items: readonly Item[]): boolean {
  return items.some((item) => CALL_TYPES.has(item.type));
}

function decodeItem(item: Item, index: number): Part[] {
  try {
    return decodeOutputItem(item, `output[${index}]`);
  } catch (error) {
    if (error instanceof GatehouseError) throw malformed(`an item of its output has no known shape: ${error.message}`);
    throw error;
  }
}

function logprobsOf(items: readonly Item[]): JsonObject | undefined {
  const content = items
    .flatMap((item) => (Array.isArray(item.content) ? item.content : []))
    .flatMap((part) => asObject(part)?.logprobs ?? []);
  return content.length === 0 ? undefined : { content: content as JsonObject[] };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed('it is no valid JSON');
    throw error;
  }
}

function malformed(why: string): GatehouseError {
  return new GatehouseError('upstream_malformed', `the provider's answer cannot be read as a response: ${why}`);
}
