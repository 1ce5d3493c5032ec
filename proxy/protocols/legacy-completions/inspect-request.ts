/** A completion request, read from its bytes. */
import type { InspectedRequest, RequestEdits, RequestFacts } from '../codec.ts';
import { invalid } from '../json/request-body.ts';
import { scanJson } from '../json/scan.ts';
import { editRequest } from '../openai-chat/edit-request.ts';
import { RequestFields, readModel, readStream } from '../openai-chat/request-fields.ts';
import { SizeVisitor } from '../openai-chat/request-size.ts';

const FIELDS = ['model', 'prompt', 'stream', 'stream_options', 'n', 'best_of', 'max_tokens'] as const;
/** What the API says where the client says nothing. */
const OUTPUT_TOKENS_DEFAULT = 16;
/** OpenAI takes 2,048 in one request. */
const PROMPTS_MAX = 10_000;

const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;

/** Throws GatehouseError invalid_utf8, invalid_json, too_deep or invalid_request (with the field's name as `param`). */
export function inspectRequest(body: Buffer): InspectedRequest {
  const visitor = new SizeVisitor(body, 'prompt');
  const fields = new RequestFields(body, FIELDS, visitor);
  const { stream, wantsUsage } = readStream(fields);
  // best_of are written, and billed, for the n best of them to be sent; each prompt of a list has its own.
  const answers = Math.max(fields.count('n'), fields.count('best_of'));
  const facts: RequestFacts = {
    model: readModel(fields),
    stream,
    wantsUsage,
    maxOutputTokens: OUTPUT_TOKENS_DEFAULT,
    ...fields.outputTokens(['max_tokens'], 0),
    choices: countPrompts(fields.bytes('prompt')) * answers,
    marks: visitor.marks.read(),
    ...visitor.size(),
  };
  /** A limit that the client left out is the API's default: what is put in must not raise it. */
  const limits = {
    range: (name: 'max_tokens' | 'max_completion_tokens') => (name === 'max_tokens' ? fields.range(name) : undefined),
  };
  return { facts, edit: (edits) => editRequest(body, fields, facts, lowered(edits, facts), limits) };
}

function lowered(edits: RequestEdits, { maxOutputTokens = OUTPUT_TOKENS_DEFAULT }: RequestFacts): RequestEdits {
  if (edits.maxOutputTokens === undefined) return edits;
  return { ...edits, maxTokensField: 'max_tokens', maxOutputTokens: Math.min(edits.maxOutputTokens, maxOutputTokens) };
}

/** A text, a list of texts, the tokens of one prompt or a list of those. Absent: one, from nothing. */
function countPrompts(prompt: Buffer | undefined): number {
  if (prompt === undefined || prompt[0] === QUOTE || prompt.toString('latin1') === 'null') return 1;
  const { kind, elements } = scanJson(prompt, 'prompt');
  if (kind !== 'array') throw invalid('prompt', '"prompt" must be a string, a list of strings or a list of tokens');
  if (elements.length === 0) throw invalid('prompt', '"prompt" is empty; send at least one prompt');
  const first = prompt[elements[0]?.start ?? 0];
  const count = first === QUOTE || first === OPEN_BRACKET ? elements.length : 1;
  if (count > PROMPTS_MAX) throw invalid('prompt', `"prompt" must hold ${PROMPTS_MAX} prompts at most`);
  return count;
}
