/** A whole chat completion as an answer. */

import type { Answer, AnswerChoice } from '../../../core/answer.ts';
import { GatehouseError } from '../../../core/errors.ts';
import type { FinishReason } from '../../../core/finish-reason.ts';
import type { JsonObject } from '../../../core/json.ts';
import { asCount, asText, parseJson } from '../../../core/json-value.ts';
import type { Citation } from '../../../core/part.ts';
import { providerCostNano } from '../../extra-counts.ts';
import { ExecutedTools } from '../executed-tools.ts';
import { toFinishReason } from '../finish-reason.ts';
import { toUsage } from '../usage.ts';
import { toUrlCitations } from './citations.ts';
import { toAnswerParts } from './decode-message.ts';
import { asJsonObject, asList, optional } from './json.ts';
import { finishOfText } from './structured-output.ts';

/** Throws GatehouseError upstream_malformed when the body is no chat completion. Space before it is no fault (OpenRouter). */
export function decodeAnswer(body: Buffer): Answer {
  const answer = asJsonObject(parseJson(body.toString('utf8')));
  const choices = asList(answer?.choices);
  if (answer === undefined || choices.length === 0) throw malformed('it has no choices');
  const id = asText(answer.id);
  const cited = toUrlCitations(answer.citations);
  const tools = new ExecutedTools();
  choices.forEach((choice, place) => {
    tools.note(asJsonObject(asJsonObject(choice)?.message), place);
  });
  return {
    ...optional('id', id),
    ...optional('model', asText(answer.model)),
    choices: choices.map((choice, place) => toChoice(asJsonObject(choice), place, id, cited)),
    ...optional('usage', tools.addTo(toUsage(answer.usage) ?? toUsage(asJsonObject(answer.x_groq)?.usage))),
    ...optional('providerCostNano', providerCostNano(answer.usage)),
    ...optional('created', asCount(answer.created)),
  };
}

function toChoice(
  choice: JsonObject | undefined,
  place: number,
  id: string | undefined,
  cited: readonly Citation[],
): AnswerChoice {
  const message = asJsonObject(choice?.message);
  if (choice === undefined || message === undefined) throw malformed('a choice has no message');
  const index = asCount(choice.index) ?? place;
  const { parts, onlyOutput } = toAnswerParts(message, `${id ?? 'answer'}_${index}`, cited);
  return {
    index,
    parts,
    ...optional('finishReason', finishOf(choice, onlyOutput)),
    ...optional('logprobs', asJsonObject(choice.logprobs)),
  };
}

function finishOf(choice: JsonObject, onlyOutput: boolean): FinishReason | undefined {
  const raw = asText(choice.finish_reason);
  if (raw === undefined) return undefined;
  return onlyOutput ? finishOfText(toFinishReason(raw)) : toFinishReason(raw);
}

function malformed(why: string): GatehouseError {
  return new GatehouseError('upstream_malformed', `the provider's answer is not a chat completion: ${why}`);
}
