/** Amazon Bedrock by its Converse protocol. One endpoint a region; requests are signed as a whole (see ../bedrock). */
import type { Kind } from './kind.ts';

export const bedrock: Kind = {
  label: 'Amazon Bedrock',
  needsCredential: true,
  keysUrl: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  protocols: ['bedrock-converse'],
  quirks: {},
  authenticate: (headers) => headers,
};
