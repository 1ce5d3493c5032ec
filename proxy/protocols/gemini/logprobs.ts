/** logprobsResult to OpenAI's logprobs object, which is the common word for them, and back. */
import type { Json, JsonObject } from '../../core/json.ts';
import { asJsonObject, listField, numberField } from './wire.ts';

export function decodeLogprobs(candidate: JsonObject): JsonObject | undefined {
  const result = asJsonObject(candidate.logprobsResult ?? candidate.logprobs_result);
  const chosen = listField(result, 'chosenCandidates');
  if (chosen.length === 0) return undefined;
  const top = listField(result, 'topCandidates');
  return {
    content: chosen.map((each, step) => ({
      ...tokenOf(each),
      top_logprobs: listField(asJsonObject(top[step]), 'candidates').map((candidate) => tokenOf(candidate)),
    })),
  };
}

export function encodeLogprobs(all: readonly JsonObject[]): JsonObject | undefined {
  const steps = all.flatMap((logprobs) => listField(logprobs, 'content'));
  if (steps.length === 0) return undefined;
  return {
    chosenCandidates: steps.map((step) => candidateOf(step)),
    topCandidates: steps.map((step) => ({
      candidates: listField(asJsonObject(step), 'top_logprobs').map((each) => candidateOf(each)),
    })),
  };
}

function tokenOf(value: Json): JsonObject {
  const candidate = asJsonObject(value);
  const token = typeof candidate?.token === 'string' ? candidate.token : '';
  return { token, logprob: numberField(candidate, 'logProbability') ?? null, bytes: [...Buffer.from(token)] };
}

function candidateOf(value: Json): JsonObject {
  const token = asJsonObject(value);
  const logProbability = numberField(token, 'logprob');
  return { token: token?.token ?? '', ...(logProbability === undefined ? {} : { logProbability }) };
}
