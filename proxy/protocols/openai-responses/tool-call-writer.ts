/** One tool call of a stream, as the kind of tool that the client offered. */
import type { JsonObject } from '../../core/json.ts';
import { parseJson } from '../../core/json-value.ts';
import { InputReader } from './custom-input.ts';
import { type ItemStatus, toolCallItem, toolInput } from './items.ts';
import type { StreamSink } from './stream-sink.ts';
import type { ToolIdentity } from './tool-names.ts';

export class ToolCallWriter {
  readonly #sink: StreamSink;
  readonly callId: string;
  readonly #tool: ToolIdentity;
  readonly #id: string;
  readonly #index: number;
  /** Takes a free-text input out of the function arguments that carried it. */
  readonly #reader: InputReader | undefined;
  #input = '';

  /** `native`: the provider knew the tool as what it is. */
  constructor(sink: StreamSink, callId: string, tool: ToolIdentity, native: boolean) {
    this.#sink = sink;
    this.callId = callId;
    this.#tool = tool;
    this.#reader = tool.custom && !native ? new InputReader() : undefined;
    this.#id = sink.newId(tool.custom ? 'ctc_' : 'fc_');
    this.#index = sink.itemAdded(this.#item('in_progress'));
  }

  write(json: string): void {
    this.#add(this.#reader === undefined ? json : this.#reader.push(json));
  }

  finish(status: ItemStatus): void {
    const reader = this.#reader;
    if (reader !== undefined) this.#add(reader.end());
    else if (this.#input === '') this.#add(toolInput(this.#tool, '', true));
    if (this.#tool.custom) this.#emit('response.custom_tool_call_input.done', { input: this.#input });
    else this.#emit('response.function_call_arguments.done', { name: this.#tool.name, arguments: this.#input });
    this.#sink.itemDone(this.#index, this.#item(this.#tool.custom || isWhole(this.#input) ? status : 'incomplete'));
  }

  #add(delta: string): void {
    if (delta === '') return;
    this.#input += delta;
    const type = this.#tool.custom ? 'response.custom_tool_call_input.delta' : 'response.function_call_arguments.delta';
    this.#emit(type, { delta });
  }

  #item(status: ItemStatus): JsonObject {
    return toolCallItem(this.#id, this.callId, this.#tool, this.#input, status);
  }

  #emit(type: string, fields: JsonObject): void {
    this.#sink.emit(type, { item_id: this.#id, output_index: this.#index, ...fields });
  }
}

/** Arguments that a limit cut off are no JSON. */
function isWhole(json: string): boolean {
  return parseJson(json) !== undefined;
}
