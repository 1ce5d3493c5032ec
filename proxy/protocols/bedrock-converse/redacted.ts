/**
 * Thinking that a model gives out encrypted only. Bedrock writes it as bytes in base64. Claude's bytes are the text that
 * Anthropic's own protocol calls `data`, so that text is what travels between protocols and Claude reads it in both places;
 * any other model's bytes keep their base64 behind a mark.
 */

const MARK = 'bedrock:';
const CLAUDE_DATA = /^[A-Za-z0-9+/_-]+=*$/;

export function redactedSignature(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString('latin1');
  return CLAUDE_DATA.test(text) ? text : MARK + base64;
}

export function redactedBytes(signature: string): string {
  return signature.startsWith(MARK) ? signature.slice(MARK.length) : Buffer.from(signature).toString('base64');
}
