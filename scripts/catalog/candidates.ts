/** Which models a provider has, by the sources that list models, and which of them belong in the catalog. */
import type { Purpose } from '../../proxy/catalog/catalog-model.ts';
import type { Candidate, CatalogProvider } from './providers.ts';
import type { LitellmFile } from './read-litellm.ts';
import type { ModelsDevProvider } from './read-models-dev.ts';
import type { OpenRouterList } from './read-openrouter.ts';
import { type Loose, loose, texts } from './reading.ts';

export interface Lists {
  readonly litellm: LitellmFile;
  readonly modelsDev: ModelsDevProvider;
  readonly openRouter: OpenRouterList;
}

export interface Listed extends Candidate {
  readonly responsesOnly: boolean;
  /** Undefined: it is in the catalog. */
  readonly leaveOut: string | undefined;
}

const MODES: Readonly<Record<string, Purpose>> = {
  chat: 'chat',
  responses: 'chat',
  completion: 'completion',
  embedding: 'embedding',
};

/** By id. A provider with a list of its own has exactly these models, whatever other sources think. */
export function listModels(provider: CatalogProvider, lists: Lists, asOf: string): Listed[] {
  const litellm = new Map<string, Loose>();
  for (const [key, entry] of lists.litellm.entries) {
    const { prefix = '' } = provider;
    const id = key.startsWith(prefix) ? key.slice(prefix.length) : key;
    if (provider.litellm.includes(String(entry.litellm_provider)) && !litellm.has(id)) litellm.set(id, entry);
  }
  const ids =
    provider.own === 'openrouter'
      ? lists.openRouter.ids
      : [...new Set([...litellm.keys(), ...lists.modelsDev.entries.keys()])];
  return ids.toSorted().map((id) => listed(provider, id, litellm.get(id), lists.modelsDev.entries.get(id), asOf));
}

function listed(
  provider: CatalogProvider,
  id: string,
  litellm: Loose | undefined,
  modelsDev: Loose | undefined,
  asOf: string,
): Listed {
  const mode = litellm?.mode === undefined ? undefined : String(litellm.mode);
  const purpose = purposeOf(id, mode);
  const candidate: Candidate = { id, purpose, litellm };
  return {
    ...candidate,
    responsesOnly: mode === 'responses',
    leaveOut: provider.leaveOut?.(candidate) ?? generalReason(candidate, mode, modelsDev, asOf),
  };
}

/** LiteLLM calls a model that can also draw "image_generation"; of models that it does not know the name must do. */
function purposeOf(id: string, mode: string | undefined): Purpose {
  if (mode !== undefined) return MODES[mode] ?? 'chat';
  return /embed|(^|\/)(bge|e5|gte)-/i.test(id) ? 'embedding' : 'chat';
}

function generalReason(
  { id, purpose, litellm }: Candidate,
  mode: string | undefined,
  modelsDev: Loose | undefined,
  asOf: string,
): string | undefined {
  const retired = litellm?.deprecation_date;
  if (typeof retired === 'string' && retired <= asOf) return `retired before ${asOf}`;
  const modalities = loose(modelsDev?.modalities);
  const output = texts(litellm?.supported_output_modalities) ?? texts(modalities.output);
  if (purpose !== 'embedding' && output?.includes('text') === false) return 'makes no text';
  const draws = mode === 'image_generation' && output?.includes('text') === true;
  if (mode !== undefined && MODES[mode] === undefined && !draws) return `does something else (${mode})`;
  if (texts(modalities.input)?.includes('text') === false) return 'reads no text';
  if (/audio|whisper|orpheus|(-|^)tts|-live-|lyria|voxtral/.test(id)) return 'audio tokens have prices of their own';
  if (id.includes('prompt-guard')) return 'a classifier';
  if (litellm === undefined && modelsDev?.status === 'deprecated') return 'deprecated, and only models.dev lists it';
  return undefined;
}
