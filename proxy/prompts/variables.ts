/**
 * Variables of a saved prompt: `{{name}}` in its text. No template language: a value goes in as it is, and what looks like
 * a variable inside a value is text.
 */
import type { PromptMessage } from '../contract/prompts.ts';

const NAME = '[A-Za-z_][A-Za-z0-9_.-]{0,63}';
const VARIABLE = new RegExp(`\\{\\{[ \\t]*(${NAME})[ \\t]*\\}\\}`, 'g');
const WHOLE_NAME = new RegExp(`^${NAME}$`);

export function isVariableName(name: string): boolean {
  return WHOLE_NAME.test(name);
}

/** In order of their first appearance. */
export function variablesOf(messages: readonly PromptMessage[]): string[] {
  const names = messages.flatMap(({ content }) => [...content.matchAll(VARIABLE)].map(([, name]) => name ?? ''));
  return [...new Set(names)];
}

/** `values` has a value for every variable of the messages. */
export function fillVariables(
  messages: readonly PromptMessage[],
  values: ReadonlyMap<string, string>,
): readonly PromptMessage[] {
  return messages.map(({ role, content }) => ({
    role,
    content: content.replaceAll(VARIABLE, (written, name: string) => values.get(name) ?? written),
  }));
}
