/** A call as the body of a response request. */
import type { Call, Message } from '../../core/call.ts';
import type { Json } from '../../core/json.ts';
import type { Warnings } from '../../core/warnings.ts';
import type { EncodedRequest, EncodeTarget } from '../translation.ts';
import { encodeInput } from './encode-input.ts';
import { encodeOptions, mergeForeign } from './encode-options.ts';
import { encodeToolChoice, encodeTools } from './encode-tools.ts';
import { flattenTools } from './flatten-tools.ts';

const PROTOCOL = 'openai-responses';

/** Throws GatehouseError invalid_request when leaving something out would change the meaning. */
export function encodeRequest(asked: Call, target: EncodeTarget, warnings: Warnings): EncodedRequest {
  const { quirks } = target;
  const call = quirks.flatTools === true ? flattenTools(asked) : asked;
  const { instructions, messages } = splitInstructions(call.messages);
  const skipped = call.messages.length - messages.length;
  const tools = encodeTools(call.tools, warnings);
  const choice = call.toolChoice === undefined ? undefined : encodeToolChoice(call.toolChoice, offered(call));
  const body: Record<string, Json> = {
    model: target.model,
    ...(instructions === undefined ? {} : { instructions }),
    input: encodeInput(messages, { quirks, warnings, skipped }),
    ...(tools.length === 0 ? {} : { tools }),
    ...(choice === undefined ? {} : { tool_choice: choice }),
    ...encodeOptions(call, quirks, warnings),
    ...(call.stream ? { stream: true } : {}),
  };
  const { foreign } = call;
  if (foreign?.protocol === PROTOCOL) {
    mergeForeign(body, foreign.fields);
    mergeForeign(body, foreign.quiet ?? {});
    // It was read as the user where nothing else was said.
    if (foreign.quiet?.safety_identifier === body.user) delete body.user;
  } else {
    for (const field of Object.keys(foreign?.fields ?? {})) warnings.add(`dropped_${field}`, field);
    keepNothing(body, call);
  }
  for (const field of quirks.refusedFields ?? []) {
    if (body[field] === undefined) continue;
    delete body[field];
    warnings.add(`dropped_${field}`, field);
  }
  return { body: Buffer.from(JSON.stringify(body)) };
}

/**
 * The call carries its whole conversation, so the provider need not store any of it; thinking then comes back encrypted
 * instead. Models that cannot think refuse to be asked for that, so only those get it that are told to think.
 */
function keepNothing(body: Record<string, Json>, call: Call): void {
  body.store = false;
  const include: string[] = [];
  const thinks = call.reasoning !== undefined && body.reasoning !== undefined;
  if (thinks || hasOwnReasoning(call.messages)) include.push('reasoning.encrypted_content');
  if (call.logprobs !== undefined && body.top_logprobs !== undefined) include.push('message.output_text.logprobs');
  if (include.length > 0) body.include = include;
}

function hasOwnReasoning(messages: readonly Message[]): boolean {
  return messages.some((message) =>
    message.parts.some((part) => part.kind === 'reasoning' && part.origin === PROTOCOL && part.signature !== undefined),
  );
}

/** A first system message of one plain text is what `instructions` are. */
function splitInstructions(messages: readonly Message[]): { instructions?: string; messages: readonly Message[] } {
  const [first, ...rest] = messages;
  const [only, more] = first?.parts ?? [];
  if (first?.role !== 'system' || only?.kind !== 'text' || more !== undefined || only.cache !== undefined) {
    return { messages };
  }
  // Without anything to answer, the request would have no input.
  return rest.length === 0 ? { messages } : { instructions: only.text, messages: rest };
}

function offered(call: Call) {
  return call.tools.filter((tool) => tool.kind !== 'provider' || tool.origin === PROTOCOL);
}
