/** The wire formats. */
export const PROTOCOLS = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini',
  'bedrock-converse',
] as const;
export type Protocol = (typeof PROTOCOLS)[number];
