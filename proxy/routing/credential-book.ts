/** Credentials that a provider refused. None of them is tried again until it changes or a person says so. In memory only. */

export interface RefusedCredential {
  readonly providerId: string;
  readonly sinceMs: number;
  /** The HTTP status it was refused with. */
  readonly status?: number;
  /** The provider's code, when it is a word. */
  readonly code?: string;
}

export interface CredentialBook {
  /** A second refusal changes nothing: what counts is since when. */
  refuse(refused: RefusedCredential): void;
  of(providerId: string): RefusedCredential | undefined;
  /** The credential was changed, or a person wants it tried again. */
  clear(providerId: string): void;
  list(): readonly RefusedCredential[];
  /** Told of every first refusal and of every clearing. */
  onChange(listener: (providerId: string, refused: RefusedCredential | undefined) => void): () => void;
}

export function createCredentialBook(): CredentialBook {
  const refusals = new Map<string, RefusedCredential>();
  const listeners = new Set<(providerId: string, refused: RefusedCredential | undefined) => void>();
  const tell = (providerId: string) => {
    for (const listener of listeners) listener(providerId, refusals.get(providerId));
  };
  return {
    refuse(refused) {
      if (refusals.has(refused.providerId)) return;
      refusals.set(refused.providerId, refused);
      tell(refused.providerId);
    },
    of: (providerId) => refusals.get(providerId),
    clear(providerId) {
      if (refusals.delete(providerId)) tell(providerId);
    },
    list: () => [...refusals.values()],
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
