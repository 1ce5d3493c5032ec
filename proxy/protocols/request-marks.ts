/**
 * Signs in a request's keys that its call may be more than text in and text out. They cost next to nothing while the body
 * is scanned anyway, and tell who need not decode it: no sign is a sure no, a sign is a perhaps.
 */

export interface RequestMarks {
  /** `models: [...]` stands among the members. */
  readonly alternates: boolean;
  /** Tools, media, or an output format. */
  readonly needs: boolean;
  readonly toolResults: boolean;
  /** `prompt` stands among the members: perhaps a saved one. */
  readonly prompt: boolean;
}

const ALTERNATES = 1;
const NEEDS = 2;
const TOOL_RESULTS = 4;
const PROMPT = 8;
const ALL = ALTERNATES | NEEDS | TOOL_RESULTS;
/** A conversation with tools in it needs a model that knows them. */
const TOOLS_USED = NEEDS | TOOL_RESULTS;

const MEMBERS: ReadonlyMap<string, number> = new Map([
  ['models', ALTERNATES],
  ['prompt', PROMPT],
  ['tools', NEEDS],
  ['functions', NEEDS],
  ['response_format', NEEDS],
  // Responses keep their format there.
  ['text', NEEDS],
  ['output_config', NEEDS],
  ['output_format', NEEDS],
]);

const KEYS: ReadonlyMap<string, number> = new Map([
  // openai-chat and openai-responses
  ['image_url', NEEDS],
  ['input_image', NEEDS],
  ['image', NEEDS],
  ['audio_url', NEEDS],
  ['input_audio', NEEDS],
  ['audio', NEEDS],
  ['file', NEEDS],
  ['input_file', NEEDS],
  ['file_id', NEEDS],
  ['file_url', NEEDS],
  ['document_url', NEEDS],
  ['video_url', NEEDS],
  ['video', NEEDS],
  ['tool_calls', NEEDS],
  ['arguments', NEEDS],
  ['tool_call_id', TOOLS_USED],
  ['function_call', TOOLS_USED],
  ['output', TOOLS_USED],
  // anthropic-messages
  ['source', NEEDS],
  ['input', NEEDS],
  ['tool_use_id', TOOLS_USED],
  // gemini
  ['functionCall', NEEDS],
  ['inlineData', NEEDS],
  ['inline_data', NEEDS],
  ['fileData', NEEDS],
  ['file_data', NEEDS],
  ['responseSchema', NEEDS],
  ['response_schema', NEEDS],
  ['responseJsonSchema', NEEDS],
  ['response_json_schema', NEEDS],
  ['responseMimeType', NEEDS],
  ['response_mime_type', NEEDS],
  ['functionResponse', TOOLS_USED],
  ['function_response', TOOLS_USED],
]);

const LENGTH_MAX = Math.max(...[...KEYS.keys()].map((key) => key.length));
/** By length and first byte: most keys are none of these, and are not read for it. */
const WORTH_READING = new Uint8Array((LENGTH_MAX + 1) * 256);
for (const key of KEYS.keys()) WORTH_READING[key.length * 256 + key.charCodeAt(0)] = 1;

export class MarkReader {
  readonly #body: Buffer;
  #bits = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  member(key: string): void {
    this.#bits |= MEMBERS.get(key) ?? 0;
  }

  /** Offsets between the quotes. A key with an escape in it may be any of them. */
  key(start: number, end: number, escaped: boolean): void {
    if (escaped) {
      this.#bits |= ALL;
      return;
    }
    const length = end - start;
    if (length > LENGTH_MAX || WORTH_READING[length * 256 + (this.#body[start] as number)] === 0) return;
    this.#bits |= KEYS.get(this.#body.toString('latin1', start, end)) ?? 0;
  }

  read(): RequestMarks {
    return {
      alternates: (this.#bits & ALTERNATES) !== 0,
      needs: (this.#bits & NEEDS) !== 0,
      toolResults: (this.#bits & TOOL_RESULTS) !== 0,
      prompt: (this.#bits & PROMPT) !== 0,
    };
  }
}
