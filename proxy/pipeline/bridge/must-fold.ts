/**
 * Codex always sends tools that only OpenAI's own Responses know: free-text ones and namespaces. Other providers of that
 * protocol refuse the whole request for them, so that such a call is translated from the protocol to the same protocol:
 * folded into plain functions on the way out, restored on the way back.
 */
import type { Call } from '../../core/call.ts';
import { flattenTools } from '../../protocols/openai-responses/flatten-tools.ts';
import type { ClientSide, Quirks } from '../../protocols/translation.ts';

/** What no folding is needed without; found in the bytes, for most calls have none of it and need not be decoded. */
const SIGNS = ['"custom"', '"namespace"', '"custom_tool_call"', '"custom_tool_call_output"'] as const;

/** The decoded call when it has to be folded; undefined: its bytes may pass. */
export function callToFold(client: ClientSide | undefined, quirks: Readonly<Quirks>, body: Buffer): Call | undefined {
  if (client?.protocol !== 'openai-responses' || quirks.flatTools !== true) return undefined;
  if (!SIGNS.some((sign) => body.includes(sign))) return undefined;
  const call = client.decodeRequest(body, {});
  return flattenTools(call) === call ? undefined : call;
}
