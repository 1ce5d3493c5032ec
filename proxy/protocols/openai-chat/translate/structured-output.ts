/**
 * Structured output where the server has none of its own: a tool is offered whose arguments are the answer. The name is the
 * convention between the two halves of the provider side: the request's encoder offers it, and the answer's decoders, which
 * know nothing of the request, give a call of this tool back as text.
 */
import type { OutputFormat } from '../../../core/call.ts';
import type { FinishReason } from '../../../core/finish-reason.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Quirks } from '../../translation.ts';

export const STRUCTURED_OUTPUT_TOOL = 'gatehouse_structured_output';

/** Undefined where `response_format` does it, or no format is asked for. */
export function outputTool(output: OutputFormat | undefined, quirks: Readonly<Quirks>): JsonObject | undefined {
  if (output === undefined || output.kind === 'text') return undefined;
  if (quirks.schemaByTool !== true && !(output.kind === 'schema' && quirks.noJsonSchema === true)) return undefined;
  const wished = output.kind === 'schema' && output.description !== undefined ? ` ${output.description}` : '';
  return {
    type: 'function',
    function: {
      name: STRUCTURED_OUTPUT_TOOL,
      description: `Gives the final answer: the arguments of this tool are the answer, as JSON.${wished}`,
      parameters: output.kind === 'schema' ? output.schema : { type: 'object', additionalProperties: true },
    },
  };
}

/** The provider says `tool_calls`, but to the client the answer has ended. */
export function finishOfText(reason: FinishReason): FinishReason {
  return reason.unified === 'tool-calls' ? { unified: 'stop', raw: reason.raw } : reason;
}
