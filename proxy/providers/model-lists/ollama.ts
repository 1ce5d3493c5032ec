/**
 * `GET /api/tags` of Ollama, which stands beside `/v1`. Models that it only passes on to its cloud (`remote_host`) are
 * told apart: those do not run on the person's hardware.
 */
import { asObject, asText, type JsonObject } from '../../core/json-value.ts';
import type { ModelInfo } from '../types.ts';
import { modelInfo, readEntries, textsIn, tokensIn } from './entries.ts';
import type { ModelList } from './model-list.ts';

export const ollamaModelList: ModelList = {
  paths: (base) => [`${base.replace(/\/v1$/, '')}/api/tags`],
  read: (body) => readEntries(asObject(body)?.models, readEntry),
};

function readEntry(entry: JsonObject): ModelInfo | undefined {
  // `name` is what older releases call it.
  const id = asText(entry.model) ?? asText(entry.name);
  if (id === undefined) return undefined;
  const details = asObject(entry.details);
  const capabilities = textsIn(entry.capabilities);
  const elsewhere = asText(entry.remote_host) !== undefined;
  return modelInfo({
    id,
    contextTokens: tokensIn(details, 'context_length'),
    purpose: purposeOf(capabilities, textsIn(details?.families)),
    inputModalities: capabilities === undefined ? undefined : capabilities.includes('vision') ? VISION : ['text'],
    tools: capabilities?.includes('tools'),
    reasoning: capabilities?.includes('thinking'),
    runsElsewhere: elsewhere ? true : undefined,
  });
}

const VISION = ['text', 'image'];

function purposeOf(
  capabilities: readonly string[] | undefined,
  families: readonly string[] | undefined,
): ModelInfo['purpose'] | undefined {
  if (capabilities !== undefined) return capabilities.includes('completion') ? 'chat' : 'embedding';
  // Encoders, which older releases say only by their family.
  return families?.some((family) => /bert$/.test(family)) ? 'embedding' : undefined;
}
