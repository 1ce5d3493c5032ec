/** A response request to a call. Nothing is filled in that the client did not say. */
import type { Call } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import { invalid, scanBody } from '../json/request-body.ts';
import type { RequestPath } from '../translation.ts';
import { decodeInput } from './decode-input.ts';
import { decodeOptions, OPTION_FIELDS } from './decode-options.ts';
import { decodeToolChoice, decodeTools } from './decode-tools.ts';
import { splitForeign } from './foreign-fields.ts';

const HANDLED: ReadonlySet<string> = new Set([
  'model',
  'stream',
  'input',
  'instructions',
  'tools',
  'tool_choice',
  ...OPTION_FIELDS,
]);

/** Throws GatehouseError invalid_json, invalid_utf8, too_deep or invalid_request (with `param`). */
export function decodeRequest(body: Buffer, path: RequestPath): Call {
  scanBody(body);
  const request = asObject(JSON.parse(body.toString('utf8'))) ?? {};
  refuseState(request);
  const model = path.model ?? request.model;
  if (typeof model !== 'string' || model === '') {
    throw invalid('model', '"model" must be a non-empty string, as in provider/model-id');
  }
  const stream = path.stream ?? request.stream ?? false;
  if (typeof stream !== 'boolean') throw invalid('stream', '"stream" must be true or false');
  const input = decodeInput(request.input, request.instructions);
  const toolChoice = decodeToolChoice(request.tool_choice);
  const options = decodeOptions(request);
  return {
    model,
    stream,
    messages: input.messages,
    tools: [...decodeTools(request.tools, 'tools'), ...input.tools],
    ...(toolChoice === undefined ? {} : { toolChoice }),
    ...options.call,
    foreign: splitForeign(request, HANDLED, options.rest),
  };
}

/** What only a provider that keeps conversations can do. Leaving it out would be answering another question. */
const STATE: Readonly<Record<string, string>> = {
  previous_response_id: 'the provider of this model keeps no earlier responses; send the whole conversation in "input"',
  conversation: 'the provider of this model keeps no conversations; send the whole conversation in "input"',
  prompt: 'the provider of this model keeps no prompt templates; send the text itself in "instructions" or "input"',
  background:
    'the provider of this model cannot answer in the background; leave "background" out and wait for the answer',
};

function refuseState(request: Readonly<Record<string, unknown>>): void {
  for (const [field, why] of Object.entries(STATE)) {
    const value = (request as JsonObject)[field];
    if (value === undefined || value === null || value === false) continue;
    throw invalid(field, `"${field}" cannot be used here: ${why}`);
  }
}
