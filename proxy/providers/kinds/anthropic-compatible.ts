/** Any other server of the Messages protocol; where it is, the config says. */
import { anthropicKeyAndBearer } from '../authentication.ts';
import { anthropicModelList } from '../model-lists/anthropic.ts';
import type { Kind } from './kind.ts';

export const anthropicCompatible: Kind = {
  label: 'Anthropic-compatible server',
  needsCredential: false,
  protocols: ['anthropic-messages'],
  quirks: {},
  authenticate: anthropicKeyAndBearer,
  modelList: anthropicModelList,
};
