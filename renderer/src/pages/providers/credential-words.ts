/** Where a credential is and in what state, in words. Never what it is. */
import type { CredentialView } from '../../contract-views.ts';

export interface CredentialWords {
  readonly words: string;
  readonly detail: string;
  /** The provider cannot work before a person adds one here. */
  readonly wanted: boolean;
  /** The window may write it: keychain or encrypted file, not environment or a file of the person's own. */
  readonly replaceable: boolean;
}

const PLACES: Record<CredentialView['source'], string> = {
  keychain: 'System keychain',
  'encrypted-file': 'Encrypted file',
  environment: 'Environment variable',
  file: 'File',
  none: 'None',
};

export function credentialWords(credential: CredentialView): CredentialWords {
  const { source, state } = credential;
  const replaceable = source === 'keychain' || source === 'encrypted-file';
  const place = PLACES[source];
  const detail = [credential.hint, credential.detail].filter((part) => part !== undefined).join(' · ');
  if (state === 'not-needed' || source === 'none') {
    return { words: 'No credential needed', detail, wanted: false, replaceable: false };
  }
  switch (state) {
    case 'present':
      return { words: place, detail, wanted: false, replaceable };
    case 'missing':
      return {
        words: 'No credential',
        detail: detail === '' ? missingHelp(source) : detail,
        wanted: replaceable,
        replaceable,
      };
    case 'locked':
      return { words: `${place}, locked`, detail, wanted: false, replaceable };
    case 'unavailable':
      return { words: `${place}, no answer`, detail, wanted: false, replaceable };
    default:
      state satisfies never;
      return { words: place, detail, wanted: false, replaceable };
  }
}

function missingHelp(source: CredentialView['source']): string {
  if (source === 'environment') return 'The variable is not set for the gateway';
  if (source === 'file') return 'The file is missing or empty';
  return 'Calls fail until you add one';
}
