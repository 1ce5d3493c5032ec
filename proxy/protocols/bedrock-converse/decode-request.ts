/**
 * A Converse request as a call. The model and the wish to stream stand in its path. Only the simulator is asked in this
 * protocol; what a call has no place for travels in `foreign`, so that the same request can be written again.
 */
import type { Call, ForeignFields } from '../../core/call.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject, asText } from '../../core/json-value.ts';
import { invalid, readBody } from '../json/request-body.ts';
import type { RequestPath } from '../translation.ts';
import { toInference } from './decode-inference.ts';
import { toMessages } from './decode-messages.ts';
import { toOutput } from './decode-output.ts';
import { toReasoning } from './decode-reasoning.ts';
import { toToolChoice, toTools } from './decode-tools.ts';

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'messages',
  'system',
  'inferenceConfig',
  'toolConfig',
  'outputConfig',
  'serviceTier',
  'requestMetadata',
  'additionalModelRequestFields',
  'additionalModelResponseFieldPaths',
]);

/** Throws GatehouseError invalid_json, invalid_utf8, too_deep or invalid_request (with `param`). */
export function decodeRequest(bytes: Buffer, path: RequestPath): Call {
  const body = readBody(bytes);
  if (path.model === undefined) throw invalid('model', 'the path names no model; use /model/{model}/converse');
  const { reasoning, rest } = toReasoning(body);
  const { settings, rest: modelFields } = toInference(body, rest);
  const output = toOutput(body);
  const toolChoice = toToolChoice(body);
  const serviceTier = asText(asObject(body.serviceTier)?.type);
  const metadata = toTags(body.requestMetadata);
  const foreign = foreignFields(body, modelFields);
  return {
    model: path.model,
    stream: path.stream ?? false,
    messages: toMessages(body),
    tools: toTools(body),
    ...settings,
    ...(toolChoice === undefined ? {} : { toolChoice }),
    ...(output === undefined ? {} : { output }),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(foreign === undefined ? {} : { foreign }),
  };
}

/** Throws GatehouseError invalid_request: the values are texts. */
function toTags(value: Json | undefined): Readonly<Record<string, string>> | undefined {
  const tags = asObject(value);
  if (tags === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(tags).map(([key, tag]) => {
      if (typeof tag !== 'string') throw invalid('requestMetadata', 'the values of "requestMetadata" must be strings');
      return [key, tag];
    }),
  );
}

/** Which fields of the model's own answer to show changes no word of it, so it is dropped elsewhere without a warning. */
function foreignFields(body: JsonObject, modelFields: JsonObject): ForeignFields | undefined {
  const others = Object.entries(body).filter(([key, value]) => !KNOWN_FIELDS.has(key) && value !== null);
  const fields: JsonObject = {
    ...Object.fromEntries(others),
    ...(Object.keys(modelFields).length === 0 ? {} : { additionalModelRequestFields: modelFields }),
  };
  const paths = body.additionalModelResponseFieldPaths ?? null;
  const quiet: JsonObject = paths === null ? {} : { additionalModelResponseFieldPaths: paths };
  if (Object.keys(fields).length === 0 && Object.keys(quiet).length === 0) return undefined;
  return { protocol: 'bedrock-converse', fields, ...(Object.keys(quiet).length === 0 ? {} : { quiet }) };
}
