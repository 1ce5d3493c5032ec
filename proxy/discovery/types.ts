/** Model servers that run on this machine and are found without being configured. */

export type LocalKind = 'ollama' | 'lmstudio';

/** A place to look at, `http://127.0.0.1:11434`. */
export interface LocalServer {
  readonly kind: LocalKind;
  readonly origin: string;
}

/** One GET; undefined when nobody answers, when the answer is no 200, or no JSON. Never rejects. */
export type Look = (origin: string, path: string, signal: AbortSignal) => Promise<unknown>;
