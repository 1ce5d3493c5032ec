/** What a person needs to know of each kind this release can talk to; the window and the registry read the same table. */
import type { SUPPORTED_KINDS } from '../contract/config.ts';

export type SupportedKind = (typeof SUPPORTED_KINDS)[number];

export interface KindFacts {
  readonly label: string;
  /** Where it is unless the config says otherwise. */
  readonly baseUrl?: string;
  readonly needsCredential: boolean;
}

export const KINDS: Readonly<Record<SupportedKind, KindFacts>> = {
  openai: { label: 'OpenAI', baseUrl: 'https://api.openai.com/v1', needsCredential: true },
  'openai-compatible': { label: 'OpenAI-compatible server', needsCredential: false },
  simulator: { label: 'Simulator (built in)', baseUrl: 'simulator:', needsCredential: false },
};

export function isSupportedKind(kind: string): kind is SupportedKind {
  return Object.hasOwn(KINDS, kind);
}
