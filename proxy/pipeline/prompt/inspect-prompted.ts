/**
 * A request's facts, with a saved prompt in its place where the request names one. A request that names none costs nothing:
 * the scan of its body notes the member's name in passing.
 */
import { GatehouseError } from '../../core/errors.ts';
import type { PromptLookup } from '../../prompts/types.ts';
import type { InspectedRequest } from '../../protocols/codec.ts';
import type { Dialect } from '../../protocols/dialects.ts';
import { invalid, REQUEST_BODY } from '../../protocols/json/request-body.ts';
import { type JsonDocument, scanJson } from '../../protocols/json/scan.ts';
import { PromptedRequest } from '../../protocols/saved-prompt/prompted-request.ts';
import { readReference } from './reference.ts';
import { resolvePrompt } from './resolve.ts';

export interface Prompted {
  /** The very same buffer when the request names no saved prompt. */
  readonly body: Buffer;
  readonly inspected: InspectedRequest;
  /** `id@version` of the saved prompt. */
  readonly prompt?: string;
}

/** Throws GatehouseError: what the codec refuses, and what is wrong with the prompt. */
export function inspectPrompted({ codec, prompt }: Dialect, body: Buffer, prompts: PromptLookup): Prompted {
  if (prompt === undefined) return { body, inspected: codec.inspectRequest(body) };
  let inspected: InspectedRequest | undefined;
  let refusal: unknown;
  try {
    inspected = codec.inspectRequest(body);
  } catch (error) {
    // The prompt may bring what is missing: the model, the messages.
    refusal = error;
  }
  if (inspected?.facts.marks?.prompt === false) return { body, inspected };
  const expanded = expand(body, prompt, prompts);
  if (expanded !== undefined) return { ...expanded, inspected: codec.inspectRequest(expanded.body) };
  if (inspected === undefined) throw refusal;
  return { body, inspected };
}

/** Undefined when the body names no prompt of ours; one that is no JSON object is left to its codec. */
function expand(
  body: Buffer,
  { insert, nameOf }: NonNullable<Dialect['prompt']>,
  prompts: PromptLookup,
): { readonly body: Buffer; readonly prompt: string } | undefined {
  const document = tryScan(body);
  const index = document?.members.findIndex(({ key }) => key === 'prompt') ?? -1;
  const member = document?.members[index];
  if (document === undefined || member === undefined) return undefined;
  const reference = readReference(body.toString('utf8', member.value.start, member.value.end));
  if (reference === undefined) return undefined;
  if (document.members.some(({ key }, other) => key === 'prompt' && other !== index))
    throw invalid('prompt', `"prompt" stands twice in ${REQUEST_BODY}; send it once`);
  const { name, ...content } = resolvePrompt(reference, prompts);
  const request = new PromptedRequest(body, document, index, nameOf);
  insert(request, content);
  return { body: request.edited(), prompt: name };
}

function tryScan(body: Buffer): JsonDocument | undefined {
  try {
    return scanJson(body, REQUEST_BODY);
  } catch (error) {
    if (error instanceof GatehouseError) return undefined;
    throw error;
  }
}
