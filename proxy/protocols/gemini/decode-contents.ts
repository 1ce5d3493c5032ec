/** systemInstruction and contents to messages. Results stand in contents of role `user` or `function`: here they are their own. */
import type { Message } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Part } from '../../core/part.ts';
import { HistoryCalls } from './call-ids.ts';
import { decodePart } from './decode-part.ts';
import { joinStreamedThoughts } from './streamed-thoughts.ts';
import { asJsonObject, field, listField, objectField, textField } from './wire.ts';

export function decodeContents(body: JsonObject): Message[] {
  const contents = readContents(body);
  const ids = new HistoryCalls(callIds(contents));
  return [
    ...decodeSystem(field(body, 'systemInstruction'), ids),
    ...contents.flatMap((content) => decodeContent(content, ids)),
  ];
}

/** Throws GatehouseError invalid_request: a missing list is a mistake that no model should answer. */
function readContents(body: JsonObject): JsonObject[] {
  const contents = field(body, 'contents');
  if (contents === undefined)
    throw new GatehouseError('invalid_request', 'the field "contents" is missing; send a list of contents', {
      param: 'contents',
    });
  // SDKs allow a bare string or one content where a list is meant.
  const list = Array.isArray(contents) ? contents : [contents];
  if (list.length === 0)
    throw new GatehouseError('invalid_request', '"contents" is empty; send at least one content', {
      param: 'contents',
    });
  return list.map((content: Json, index) => {
    const object = typeof content === 'string' ? { parts: [{ text: content }] } : asJsonObject(content);
    if (object !== undefined) return object;
    throw new GatehouseError('invalid_request', `"contents[${index}]" must be an object with "role" and "parts"`, {
      param: `contents[${index}]`,
    });
  });
}

function callIds(contents: readonly JsonObject[]): string[] {
  return contents
    .flatMap((content) => partsOf(content))
    .flatMap(
      (part) => textField(objectField(part, 'functionCall') ?? objectField(part, 'functionResponse'), 'id') ?? [],
    );
}

function decodeSystem(value: Json | undefined, ids: HistoryCalls): Message[] {
  const content = typeof value === 'string' ? { parts: [{ text: value }] } : asJsonObject(value);
  if (content === undefined) return [];
  const parts = partsOf(content).flatMap((part) => decodePart(part, ids));
  return parts.length === 0 ? [] : [{ role: 'system', parts }];
}

function decodeContent(content: JsonObject, ids: HistoryCalls): Message[] {
  const role = textField(content, 'role');
  const parts = joinStreamedThoughts(partsOf(content)).flatMap((part) => decodePart(part, ids));
  if (role === 'model' || role === 'assistant') return [{ role: 'assistant', parts }];
  if (role === 'system') return [{ role: 'system', parts }];
  return splitResults(parts);
}

/** In order: runs of results as tool messages, everything between them as the user's. */
function splitResults(parts: readonly Part[]): Message[] {
  const messages: { role: 'user' | 'tool'; parts: Part[] }[] = [];
  for (const part of parts) {
    const role = part.kind === 'tool-result' ? 'tool' : 'user';
    const last = messages.at(-1);
    if (last?.role === role) last.parts.push(part);
    else messages.push({ role, parts: [part] });
  }
  return messages;
}

/** `parts` may be one part instead of a list. */
function partsOf(content: JsonObject): JsonObject[] {
  const only = objectField(content, 'parts');
  if (only !== undefined) return [only];
  return listField(content, 'parts').flatMap((part): JsonObject[] => {
    if (typeof part === 'string') return [{ text: part }];
    const object = asJsonObject(part);
    return object === undefined ? [] : [object];
  });
}
