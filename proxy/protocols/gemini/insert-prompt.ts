/**
 * A saved prompt in a generateContent request: system text goes to `systemInstruction`, before the request's own; the rest
 * to `contents`. The model stands in the path, so the request always names one itself.
 */
import { invalid } from '../json/request-body.ts';
import { type JsonDocument, type JsonRange, scanJson } from '../json/scan.ts';
import type { PromptedRequest } from '../saved-prompt/prompted-request.ts';
import { type InsertPrompt, isSystem, type PromptContent } from '../saved-prompt/types.ts';
import { camelName } from './wire.ts';

export const insertPrompt: InsertPrompt = (request, { messages, parameters }) => {
  insertSystem(request, messages.filter(isSystem).map(partOf));
  const contents = messages
    .filter((message) => !isSystem(message))
    .map((message) => `{"role":"${message.role === 'assistant' ? 'model' : 'user'}","parts":[${partOf(message)}]}`);
  insertContents(request, contents);
  fillConfig(request, parameters);
};

function partOf({ content }: { readonly content: string }): string {
  return JSON.stringify({ text: content });
}

function insertSystem(request: PromptedRequest, parts: readonly string[]): void {
  if (parts.length === 0) return;
  const own = request.place('systemInstruction');
  if (own === undefined) request.put('systemInstruction', `{"parts":[${parts.join(',')}]}`);
  else if (request.kind(own) === 'string') request.wrap(own, `{"parts":[${parts.join(',')},{"text":`, '}]}');
  else if (request.kind(own) === 'object') insertParts(request, own, parts);
  else throw invalid('systemInstruction', '"systemInstruction" must be a content with "parts"');
}

function insertParts(request: PromptedRequest, content: JsonRange, parts: readonly string[]): void {
  const { members } = scan(request, content, 'systemInstruction');
  const value = members.findLast(({ key }) => key === 'parts')?.value;
  const own = value && { start: content.start + value.start, end: content.start + value.end };
  if (own === undefined) {
    request.insert(content.start + 1, `"parts":[${parts.join(',')}]${members.length === 0 ? '' : ','}`);
    return;
  }
  if (request.kind(own) === 'array') request.prepend(own, parts);
  else if (request.kind(own) === 'object') request.wrap(own, `[${parts.join(',')},`, ']');
  else throw invalid('systemInstruction.parts', '"systemInstruction.parts" must be a list');
}

function insertContents(request: PromptedRequest, contents: readonly string[]): void {
  if (contents.length === 0) return;
  const own = request.place('contents');
  const kind = own && request.kind(own);
  // SDKs allow a bare string or one content where a list is meant.
  if (own === undefined) request.put('contents', `[${contents.join(',')}]`);
  else if (kind === 'array') request.prepend(own, contents);
  else if (kind === 'object') request.wrap(own, `[${contents.join(',')},`, ']');
  else if (kind === 'string') request.wrap(own, `[${contents.join(',')},{"role":"user","parts":[{"text":`, '}]}]');
  else throw invalid('contents', '"contents" must be a list');
}

function fillConfig(request: PromptedRequest, parameters: PromptContent['parameters']): void {
  const { temperature, topP, maxTokens } = parameters;
  const wanted = Object.entries({ temperature, topP, maxOutputTokens: maxTokens }).filter(
    ([, value]) => value !== undefined,
  );
  if (wanted.length === 0) return;
  const own = request.place('generationConfig');
  if (own === undefined) {
    request.put('generationConfig', JSON.stringify(Object.fromEntries(wanted)));
    return;
  }
  if (request.kind(own) !== 'object') throw invalid('generationConfig', '"generationConfig" must be an object');
  const { members } = scan(request, own, 'generationConfig');
  const said = new Set(members.map(({ key }) => camelName(key)));
  const missing = wanted.filter(([name]) => !said.has(name)).map(([name, value]) => `"${name}":${value}`);
  if (missing.length === 0) return;
  request.insert(own.start + 1, missing.join(',') + (members.length === 0 ? '' : ','));
}

function scan(request: PromptedRequest, range: JsonRange, what: string): JsonDocument {
  return scanJson(request.bytes(range), what);
}
