/** A call as a person describes it to see where it would go. Pure. */
import type { Mode } from '../../../../../proxy/contract/config.ts';
import type { DryRunInput } from '../../../../../proxy/contract/routing-desk.ts';
import type { NamedLine } from '../parts/named-lines.ts';

/** As many as a request may name. */
const FALLBACKS_MAX = 8;

export interface TryDraft {
  readonly model: string;
  /** Asked in this order where the one before fails: `models` of the request. */
  readonly models: readonly NamedLine[];
  readonly mode: Mode | undefined;
  /** Id of the access key to route as; undefined: as anybody. */
  readonly accessKeyId: string | undefined;
  readonly project: string;
  readonly client: string;
  readonly prompt: string;
  /** As a number field gives it: a number, or text (empty: not sent). */
  readonly maxTokens: number | string;
  readonly tools: boolean;
  readonly image: boolean;
  readonly jsonSchema: boolean;
  readonly stream: boolean;
}

export const FIRST_TRY: TryDraft = {
  model: 'auto',
  models: [],
  mode: undefined,
  accessKeyId: undefined,
  project: '',
  client: '',
  prompt: 'Hello',
  maxTokens: '',
  tools: false,
  image: false,
  jsonSchema: false,
  stream: false,
};

/** Undefined while no model is named. What is left empty is not sent. */
export function tryInput(draft: TryDraft): DryRunInput | undefined {
  const model = draft.model.trim();
  if (model === '') return undefined;
  const project = draft.project.trim();
  const client = draft.client.trim();
  const models = draft.models.map(({ name }) => name.trim()).filter((name) => name !== '');
  return {
    model,
    ...(models.length === 0 ? {} : { models: models.slice(0, FALLBACKS_MAX) }),
    ...(draft.mode === undefined ? {} : { mode: draft.mode }),
    ...(draft.accessKeyId === undefined ? {} : { accessKeyId: draft.accessKeyId }),
    ...(project === '' ? {} : { project }),
    ...(client === '' ? {} : { client }),
    prompt: draft.prompt,
    ...(typeof draft.maxTokens === 'number' ? { maxTokens: draft.maxTokens } : {}),
    tools: draft.tools,
    image: draft.image,
    jsonSchema: draft.jsonSchema,
    stream: draft.stream,
  };
}
