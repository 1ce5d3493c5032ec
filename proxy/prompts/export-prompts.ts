/** Saved prompts as a document to keep or to pass on. */
import type { PromptView } from '../contract/prompts.ts';

/** JSON, indented, with every version of each prompt; ends with a line feed. */
export function exportPrompts(prompts: readonly PromptView[]): string {
  return `${JSON.stringify({ format: 'gatehouse-prompts', formatVersion: 1, prompts }, undefined, 2)}\n`;
}
