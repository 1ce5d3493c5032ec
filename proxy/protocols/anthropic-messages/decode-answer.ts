/** A whole message as an answer. */
import type { Answer, AnswerChoice } from '../../core/answer.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import type { Part } from '../../core/part.ts';
import { providerCostNano } from '../extra-counts.ts';
import { tryParseLossless } from '../json/lossless.ts';
import { blocksOf, toPart } from './decode-block.ts';
import { toFinishReason } from './finish-reason.ts';
import { STRUCTURED_OUTPUT_TOOL } from './structured-output-tool.ts';
import { toUsage } from './usage.ts';

/** Throws GatehouseError upstream_malformed when the body is not a message. */
export function decodeAnswer(body: Buffer): Answer {
  const message = asObject(tryParseLossless(body.toString('utf8'))) as JsonObject | undefined;
  const blocks = message === undefined ? undefined : blocksOf(message.content);
  if (message === undefined || blocks === undefined) {
    throw new GatehouseError('upstream_malformed', 'The provider answered with something that is not a message.');
  }
  const id = asText(message.id);
  const model = asText(message.model);
  const usage = toUsage(message.usage);
  const cost = providerCostNano(message.usage);
  return {
    ...(id === undefined ? {} : { id }),
    ...(model === undefined ? {} : { model }),
    choices: [toChoice(message, blocks)],
    ...(usage === undefined ? {} : { usage }),
    ...(cost === undefined ? {} : { providerCostNano: cost }),
  };
}

function toChoice(message: JsonObject, blocks: readonly JsonObject[]): AnswerChoice {
  const parts = [...blocks.map((block) => fromOutputTool(toPart(block))), ...refusalOf(message.stop_details)];
  const raw = asText(message.stop_reason);
  const stopSequence = asText(message.stop_sequence);
  return {
    index: 0,
    parts,
    ...(raw === undefined
      ? {}
      : {
          finishReason: finishOf(
            raw,
            parts.some((part) => part.kind === 'tool-call'),
          ),
        }),
    ...(stopSequence === undefined ? {} : { stopSequence }),
  };
}

/** A call of the tool that stands for structured output is the answer's text, and no tool call is left to the client. */
export function finishOf(raw: string, callsTools: boolean) {
  return raw === 'tool_use' && !callsTools ? ({ unified: 'stop', raw } as const) : toFinishReason(raw);
}

/** Why the answer was refused, where the provider says it. */
export function refusalOf(details: unknown): readonly Part[] {
  const explanation = asText(asObject(details)?.explanation);
  return explanation === undefined ? [] : [{ kind: 'refusal', text: explanation }];
}

function fromOutputTool(part: Part): Part {
  return part.kind === 'tool-call' && part.name === STRUCTURED_OUTPUT_TOOL
    ? { kind: 'text', text: part.arguments }
    : part;
}
