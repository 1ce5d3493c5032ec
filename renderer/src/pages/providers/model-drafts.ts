/** The models a person adds to a provider, as the form holds them, and as config. Pure. */
import { type ModelConfig, modelConfig } from '../../../../proxy/contract/config.ts';
import { firstProblem } from '../../format/first-problem.ts';

/** Numbers as a number field gives them: a number, or text (empty: left out). */
export interface ModelDraft {
  /** For React; not part of the config. */
  readonly key: number;
  readonly id: string;
  readonly inputUsd: number | string;
  readonly outputUsd: number | string;
  readonly maxOutput: number | string;
  /** What the form does not show, kept as it was. */
  readonly rest: Partial<ModelConfig>;
}

export function emptyModel(key: number): ModelDraft {
  return { key, id: '', inputUsd: '', outputUsd: '', maxOutput: '', rest: {} };
}

export function modelDraftsOf(models: readonly ModelConfig[]): readonly ModelDraft[] {
  return models.map(({ id, inputUsdPerMTok, outputUsdPerMTok, maxOutputTokens, ...rest }, key) => ({
    key,
    id,
    inputUsd: inputUsdPerMTok ?? '',
    outputUsd: outputUsdPerMTok ?? '',
    maxOutput: maxOutputTokens ?? '',
    rest,
  }));
}

export function modelDraftToConfig({ id, inputUsd, outputUsd, maxOutput, rest }: ModelDraft): ModelConfig {
  return {
    ...rest,
    id: id.trim(),
    ...(typeof inputUsd === 'number' ? { inputUsdPerMTok: inputUsd } : {}),
    ...(typeof outputUsd === 'number' ? { outputUsdPerMTok: outputUsd } : {}),
    ...(typeof maxOutput === 'number' ? { maxOutputTokens: maxOutput } : {}),
  };
}

/** The first thing wrong with a list of models, in words; undefined when it can be saved. */
export function modelsProblem(models: readonly ModelDraft[]): string | undefined {
  const seen = new Set<string>();
  for (const draft of models) {
    const model = modelDraftToConfig(draft);
    if (model.id === '') return 'Each model needs the name its server uses';
    if (seen.has(model.id)) return `The model ${model.id} is there twice`;
    seen.add(model.id);
    const problem = firstProblem(modelConfig, model);
    if (problem !== undefined) return `${model.id}: ${problem}`;
  }
  return undefined;
}
