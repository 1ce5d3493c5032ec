/** The lists of models, in each protocol's shape: every model the enabled providers are known to serve, as `provider/model`. */
import { GatehouseError } from '../core/errors.ts';
import type { ActiveConfig } from '../pipeline/active-config.ts';
import type { ModelInfo } from '../providers/types.ts';
import { claudeAlias } from '../routing/aliases.ts';

interface ModelObject {
  readonly id: string;
  readonly object: 'model';
  /** Seconds. Providers do not tell us when a model was made; this is when the gateway began to offer it. */
  readonly created: number;
  readonly owned_by: string;
}

export function listModels(active: ActiveConfig, startedAtMs: number): { object: 'list'; data: ModelObject[] } {
  const created = Math.floor(startedAtMs / 1000);
  const data = knownModels(active).map(({ id, owner }) => ({ id, object: 'model' as const, created, owned_by: owner }));
  return { object: 'list', data };
}

interface AnthropicModel {
  readonly type: 'model';
  readonly id: string;
  readonly display_name: string;
  readonly created_at: string;
}

/** The same models in Anthropic's shape, for clients that send `anthropic-version`; on one page. */
export function listAnthropicModels(
  active: ActiveConfig,
  startedAtMs: number,
): { data: AnthropicModel[]; has_more: false; first_id: string | null; last_id: string | null } {
  const created_at = new Date(startedAtMs).toISOString();
  const data = listModels(active, startedAtMs).data.map(({ id }) => ({
    type: 'model' as const,
    id: claudeAlias(id),
    display_name: id,
    created_at,
  }));
  return { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}

/** Throws GatehouseError model_not_found. */
export function retrieveModel(active: ActiveConfig, id: string, startedAtMs: number): ModelObject {
  const found = listModels(active, startedAtMs).data.find((model) => model.id === id);
  if (found === undefined) throw unknownModel();
  return found;
}

interface GeminiModel {
  readonly name: string;
  readonly displayName: string;
  readonly inputTokenLimit?: number;
  readonly outputTokenLimit?: number;
  readonly supportedGenerationMethods: readonly string[];
}

/** The same models in Gemini's shape. Limits that nobody told are left out. */
export function listGeminiModels(active: ActiveConfig): { models: GeminiModel[] } {
  return { models: knownModels(active).map(({ id, info }) => geminiModel(id, info)) };
}

/** Throws GatehouseError model_not_found. */
export function retrieveGeminiModel(active: ActiveConfig, id: string): GeminiModel {
  const found = knownModels(active).find((model) => model.id === id);
  if (found === undefined) throw unknownModel();
  return geminiModel(found.id, found.info);
}

function geminiModel(id: string, info: ModelInfo): GeminiModel {
  return {
    name: `models/${id}`,
    displayName: id,
    ...(info.contextTokens === undefined ? {} : { inputTokenLimit: info.contextTokens }),
    ...(info.maxOutputTokens === undefined ? {} : { outputTokenLimit: info.maxOutputTokens }),
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
  };
}

/** Every model of the enabled providers under the name that clients use. */
export function knownModels(active: ActiveConfig): { id: string; owner: string; info: ModelInfo }[] {
  return [...active.providers.values()]
    .filter((provider) => provider.config.enabled)
    .flatMap((provider) =>
      provider.models().map((info) => ({ id: `${provider.config.id}/${info.id}`, owner: provider.config.id, info })),
    );
}

function unknownModel(): GatehouseError {
  return new GatehouseError(
    'model_not_found',
    'no provider here lists this model; GET /v1/models lists what can be asked for',
    { param: 'model' },
  );
}
