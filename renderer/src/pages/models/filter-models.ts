/** Which models a person wants to see. Pure. What a model does not say about itself is neither yes nor no. */
import type { ModelView } from '../../contract-views.ts';

export const CAPABILITIES = ['tools', 'vision', 'reasoning', 'structuredOutput'] as const;
export type Capability = (typeof CAPABILITIES)[number];

export const CAPABILITY_WORDS: Record<Capability, string> = {
  tools: 'Tools',
  vision: 'Vision',
  reasoning: 'Reasoning',
  structuredOutput: 'Structured output',
};

export type Purpose = NonNullable<ModelView['purpose']>;

export const PURPOSE_WORDS: Record<Purpose, string> = {
  chat: 'Chat',
  completion: 'Completion',
  embedding: 'Embedding',
};

export interface ModelFilter {
  /** Words that all have to be in the name, the family or the description, in any order. */
  readonly search: string;
  readonly provider: string | undefined;
  readonly purpose: Purpose | undefined;
  readonly capabilities: readonly Capability[];
}

export const EVERY_MODEL: ModelFilter = { search: '', provider: undefined, purpose: undefined, capabilities: [] };

export interface FilteredModels {
  readonly shown: readonly ModelView[];
  /** How many more would be shown if what is unknown about them were a yes. */
  readonly unsure: number;
}

export function filterModels(models: readonly ModelView[], filter: ModelFilter): FilteredModels {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown: ModelView[] = [];
  let unsure = 0;
  for (const model of models) {
    if (!matches(model, filter, words)) continue;
    const answers = filter.capabilities.map((capability) => hasCapability(model, capability));
    if (answers.every((answer) => answer === true)) shown.push(model);
    else if (!answers.includes(false)) unsure += 1;
  }
  return { shown, unsure };
}

/** Undefined: nobody says. */
export function hasCapability(model: ModelView, capability: Capability): boolean | undefined {
  if (capability === 'vision') return model.inputModalities?.includes('image');
  return model[capability];
}

function matches(model: ModelView, { provider, purpose }: ModelFilter, words: readonly string[]): boolean {
  if (provider !== undefined && model.provider !== provider) return false;
  if (purpose !== undefined && model.purpose !== purpose) return false;
  const text = `${model.id} ${model.family ?? ''} ${model.description ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
