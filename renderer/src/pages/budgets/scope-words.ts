/** Scopes of budgets, rate limits and kill switches (`project:acme`) in words, taken apart and put together. Pure. */

export const SCOPE_KINDS = ['global', 'key', 'project', 'client', 'provider', 'model'] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

export interface Scope {
  readonly kind: ScopeKind;
  /** Empty for `global`. */
  readonly name: string;
}

const KIND_WORDS: Record<ScopeKind, string> = {
  global: 'Everything',
  key: 'Access key',
  project: 'Project',
  client: 'Tool',
  provider: 'Provider',
  model: 'Model',
};

const HINTS: Record<ScopeKind, string> = {
  global: '',
  key: 'The name of the access key',
  project: 'As its keys or calls name it',
  client: 'As the tool names itself (X-Client-ID)',
  provider: 'As it is called under Providers',
  model: 'Written as provider/model-id',
};

export function scopeKindWords(kind: ScopeKind): string {
  return KIND_WORDS[kind];
}

export function scopeNameHint(kind: ScopeKind): string {
  return HINTS[kind];
}

/** What is not a scope of a kind known here is shown as it stands. */
export function parseScope(scope: string): Scope | undefined {
  if (scope === 'global') return { kind: 'global', name: '' };
  const colon = scope.indexOf(':');
  const kind = SCOPE_KINDS.find((known) => known !== 'global' && known === scope.slice(0, Math.max(colon, 0)));
  return kind === undefined ? undefined : { kind, name: scope.slice(colon + 1) };
}

export function scopeText({ kind, name }: Scope): string {
  return kind === 'global' ? 'global' : `${kind}:${name.trim()}`;
}

/** `Everything`, `Project acme`, `Model openai/gpt-4o`. */
export function scopeWords(scope: string): string {
  const parsed = parseScope(scope);
  if (parsed === undefined) return scope;
  return parsed.kind === 'global' ? KIND_WORDS.global : `${KIND_WORDS[parsed.kind]} ${parsed.name}`;
}
