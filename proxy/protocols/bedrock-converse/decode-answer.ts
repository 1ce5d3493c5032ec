/** A whole answer of POST /model/{id}/converse. */
import type { Answer, AnswerChoice } from '../../core/answer.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import { tryParseLossless } from '../json/lossless.ts';
import { objectsOf, toParts } from './decode-block.ts';
import { toFinishReason } from './finish-reason.ts';
import { serverToolsIn, toUsage } from './usage.ts';

/** Throws GatehouseError upstream_malformed when the body is not an answer. A guardrail's trace quotes what was blocked and is left behind. */
export function decodeAnswer(body: Buffer): Answer {
  const answer = asObject(tryParseLossless(body.toString('utf8'))) as JsonObject | undefined;
  const message = asObject(asObject(answer?.output)?.message);
  if (answer === undefined || !Array.isArray(message?.content)) {
    throw new GatehouseError('upstream_malformed', 'Bedrock answered with something that is not a Converse answer.');
  }
  const usage = toUsage(answer.usage, serverToolsIn(message.content));
  return {
    choices: [toChoice(answer, objectsOf(message.content))],
    ...(usage === undefined ? {} : { usage }),
  };
}

function toChoice(answer: JsonObject, blocks: readonly JsonObject[]): AnswerChoice {
  const parts = toParts(blocks);
  const raw = asText(answer.stopReason);
  const stopSequence = stopSequenceOf(answer);
  const callsTools = parts.some((part) => part.kind === 'tool-call');
  return {
    index: 0,
    parts,
    ...(raw === undefined ? {} : { finishReason: toFinishReason(raw, callsTools) }),
    ...(stopSequence === undefined ? {} : { stopSequence }),
  };
}

/** Asked for by the request's additionalModelResponseFieldPaths; in a stream some models put it under `delta`. */
export function stopSequenceOf({ additionalModelResponseFields }: JsonObject): string | undefined {
  const fields = asObject(additionalModelResponseFields);
  return asText(fields?.stop_sequence) ?? asText(asObject(fields?.delta)?.stop_sequence);
}
