/** Anthropic itself. What its models refuse by name is known to the protocol, since Bedrock serves the same ones. */
import { anthropicKey } from '../authentication.ts';
import { anthropicModelList } from '../model-lists/anthropic.ts';
import type { Kind } from './kind.ts';

export const anthropic: Kind = {
  label: 'Anthropic',
  baseUrl: 'https://api.anthropic.com/v1',
  needsCredential: true,
  keysUrl: 'https://console.anthropic.com/settings/keys',
  protocols: ['anthropic-messages'],
  quirks: {},
  authenticate: anthropicKey,
  modelList: anthropicModelList,
};
