/**
 * Free-text tools that the client offered. Where the provider knew no such tools they went out as functions with one text
 * argument (see flatten-tools.ts), and come back as the calls that the client expects.
 */
import type { Call } from '../../../core/call.ts';
import { ToolNames } from '../../openai-responses/tool-names.ts';

/** By the name in the answer, the client's own name of the tool; undefined for functions. */
export function customToolNames(call: Call): (name: string) => string | undefined {
  if (!call.tools.some((tool) => tool.kind === 'custom')) return () => undefined;
  const names = new ToolNames(call.tools);
  return (name) => {
    const tool = names.inward(name);
    return tool?.custom === true ? tool.name : undefined;
  };
}
