/** The lists of models, in each protocol's shape. */
import { GatehouseError } from '../core/errors.ts';
import { claudeAlias } from '../routing/aliases.ts';
import type { OfferedModel } from './offered-models.ts';

type Offered = readonly OfferedModel[];

interface ModelObject {
  readonly id: string;
  readonly object: 'model';
  /** Seconds. Providers do not tell us when a model was made; this is when the gateway began to offer it. */
  readonly created: number;
  readonly owned_by: string;
}

export function listModels(offered: Offered, startedAtMs: number): { object: 'list'; data: ModelObject[] } {
  return { object: 'list', data: offered.map((model) => openAiModel(model, startedAtMs)) };
}

/** Throws GatehouseError model_not_found. */
export function retrieveModel(offered: Offered, id: string, startedAtMs: number): ModelObject {
  return openAiModel(find(offered, id), startedAtMs);
}

function openAiModel({ id, owner }: OfferedModel, startedAtMs: number): ModelObject {
  return { id, object: 'model', created: Math.floor(startedAtMs / 1000), owned_by: owner };
}

interface AnthropicModel {
  readonly type: 'model';
  readonly id: string;
  readonly display_name: string;
  readonly created_at: string;
  readonly capabilities: null;
  readonly max_input_tokens: number | null;
  readonly max_tokens: number | null;
}

/** The same models in Anthropic's shape, for clients that send `anthropic-version`; on one page. */
export function listAnthropicModels(
  offered: Offered,
  startedAtMs: number,
): { data: AnthropicModel[]; has_more: false; first_id: string | null; last_id: string | null } {
  const data = offered.map((model) => anthropicModel(model, startedAtMs));
  return { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}

/** By its name or by its alias. Throws GatehouseError model_not_found. */
export function retrieveAnthropicModel(offered: Offered, id: string, startedAtMs: number): AnthropicModel {
  const aliased = offered.find((model) => claudeAlias(model.id) === id);
  return anthropicModel(aliased ?? find(offered, id), startedAtMs);
}

function anthropicModel({ id, info }: OfferedModel, startedAtMs: number): AnthropicModel {
  return {
    type: 'model',
    id: claudeAlias(id),
    display_name: id,
    created_at: new Date(startedAtMs).toISOString(),
    capabilities: null,
    max_input_tokens: info.contextTokens ?? null,
    max_tokens: info.maxOutputTokens ?? null,
  };
}

interface GeminiModel {
  readonly name: string;
  readonly displayName: string;
  readonly inputTokenLimit?: number;
  readonly outputTokenLimit?: number;
  readonly supportedGenerationMethods: readonly string[];
}

/** The same models in Gemini's shape. Limits that nobody told are left out. */
export function listGeminiModels(offered: Offered): { models: GeminiModel[] } {
  return { models: offered.map(geminiModel) };
}

/** Throws GatehouseError model_not_found. */
export function retrieveGeminiModel(offered: Offered, id: string): GeminiModel {
  return geminiModel(find(offered, id));
}

function geminiModel({ id, info }: OfferedModel): GeminiModel {
  return {
    name: `models/${id}`,
    displayName: id,
    ...(info.contextTokens === undefined ? {} : { inputTokenLimit: info.contextTokens }),
    ...(info.maxOutputTokens === undefined ? {} : { outputTokenLimit: info.maxOutputTokens }),
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
  };
}

function find(offered: Offered, id: string): OfferedModel {
  const found = offered.find((model) => model.id === id);
  if (found !== undefined) return found;
  throw new GatehouseError(
    'model_not_found',
    'no provider here lists this model, or this access key may not use it; GET /v1/models lists what can be asked for',
    { param: 'model' },
  );
}
