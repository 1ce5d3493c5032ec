/** What a person types into the provider form, checked, and turned into config. Pure. */
import { type ProviderConfig, providerConfig, providerKind } from '../../../../proxy/contract/config.ts';
import { providerId } from '../../../../proxy/contract/ids.ts';
import { firstProblem } from '../../format/first-problem.ts';
import { type ModelDraft, modelDraftsOf, modelDraftToConfig, modelsProblem } from './model-drafts.ts';

export interface KindChoice {
  readonly kind: string;
  readonly label: string;
  readonly baseUrl?: string | undefined;
  readonly needsCredential: boolean;
  readonly needsBaseUrl: boolean;
  /** Bedrock: the address follows from the region. */
  readonly needsRegion?: boolean;
  /** The page where a person makes a key. */
  readonly keysUrl?: string | undefined;
}

export interface ProviderDraft {
  readonly kind: string;
  readonly id: string;
  readonly baseUrl: string;
  readonly region: string;
  readonly needsCredential: boolean;
  readonly secret: string;
  readonly models: readonly ModelDraft[];
}

export interface DraftProblems {
  readonly id?: string;
  readonly baseUrl?: string;
  readonly region?: string;
  readonly models?: string;
}

export function emptyDraft(kind: KindChoice): ProviderDraft {
  return {
    kind: kind.kind,
    id: suggestedId(kind.kind),
    baseUrl: '',
    region: '',
    needsCredential: kind.needsCredential,
    secret: '',
    models: [],
  };
}

/** `hasCredential`: one is kept for it now, also where its kind could do without. */
export function draftOf(current: ProviderConfig, kind: KindChoice, hasCredential: boolean): ProviderDraft {
  const byDefault = kind.needsCredential || hasCredential;
  return {
    kind: current.kind,
    id: current.id,
    baseUrl: current.baseUrl ?? '',
    region: current.region ?? '',
    needsCredential: current.credential === undefined ? byDefault : current.credential !== 'none',
    secret: '',
    models: modelDraftsOf(current.models),
  };
}

/** A compatible server deserves its own name; an account at a known provider is usually called after it. */
function suggestedId(kind: string): string {
  return kind.endsWith('-compatible') ? '' : kind === 'simulator' ? 'sim' : kind;
}

export function draftProblems(draft: ProviderDraft, kind: KindChoice, taken: ReadonlySet<string>): DraftProblems {
  const id = draft.id === '' ? 'Give the provider a name' : firstProblem(providerId, draft.id);
  const idTaken = taken.has(draft.id) ? 'A provider with this name exists already' : undefined;
  const baseUrl = baseUrlProblem(draft.baseUrl.trim(), kind.needsBaseUrl);
  const region = regionProblem(draft, kind);
  const found = id ?? idTaken;
  const models = modelsProblem(draft.models);
  return {
    ...(found === undefined ? {} : { id: found }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(region === undefined ? {} : { region }),
    ...(models === undefined ? {} : { models }),
  };
}

function baseUrlProblem(text: string, needed: boolean): string | undefined {
  if (text === '') return needed ? 'This kind needs the address of the server' : undefined;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'Use an http:// or https:// address';
  return undefined;
}

/** A base URL says where to go by itself. */
function regionProblem({ region, baseUrl }: ProviderDraft, kind: KindChoice): string | undefined {
  if (kind.needsRegion !== true) return undefined;
  const text = region.trim();
  if (text === '') return baseUrl.trim() === '' ? 'This kind needs a region, such as us-east-1' : undefined;
  return firstProblem(providerConfig.shape.region, text);
}

/** Everything the form does not show (retention, an own credential reference) stays as it was. */
export function draftToConfig(
  draft: ProviderDraft,
  kind: KindChoice,
  current: ProviderConfig | undefined,
): ProviderConfig {
  const { baseUrl: _url, region: _region, credential, ...kept } = current ?? newProvider(draft);
  const baseUrl = draft.baseUrl.trim();
  const region = kind.needsRegion === true ? draft.region.trim() : '';
  const reference = credentialReference(draft, kind, credential);
  return {
    ...kept,
    models: draft.models.map(modelDraftToConfig),
    ...(baseUrl === '' ? {} : { baseUrl }),
    ...(region === '' ? {} : { region }),
    ...(reference === undefined ? {} : { credential: reference }),
  };
}

function newProvider(draft: ProviderDraft): ProviderConfig {
  return {
    id: draft.id,
    kind: providerKind.parse(draft.kind),
    retention: 'provider-default',
    enabled: true,
    models: [],
  };
}

/**
 * Left out, the reference means what the kind expects. It is written down only where the person says otherwise: a
 * compatible server that does ask for a credential (so a missing one is noticed), or one that does not.
 */
function credentialReference(
  { needsCredential, id }: ProviderDraft,
  kind: KindChoice,
  current: string | undefined,
): string | undefined {
  if (needsCredential && current !== undefined && current !== 'none') return current;
  if (needsCredential === kind.needsCredential) return undefined;
  return needsCredential ? `keychain:${id}` : 'none';
}
