/** The built-in provider, which has no address. */
import type { Kind } from './kind.ts';

export const simulator: Kind = {
  label: 'Simulator (built in)',
  baseUrl: 'simulator:',
  needsCredential: false,
  protocols: ['openai-chat'],
  quirks: {},
  authenticate: (headers) => headers,
};
