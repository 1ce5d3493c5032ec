/** A version of a saved prompt as one text, and what differs between two. Pure. */
import { diffWordsWithSpace } from 'diff';
import type { PromptVersionView } from '../../../../../proxy/contract/prompts.ts';

export type PromptContent = Pick<PromptVersionView, 'messages' | 'parameters'>;

export interface TextChange {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

const ROLES: Record<PromptVersionView['messages'][number]['role'], string> = {
  system: 'System',
  developer: 'Developer',
  user: 'User',
  assistant: 'Assistant',
};

export function promptText({ messages, parameters }: PromptContent): string {
  const said = messages.map(({ role, content }) => `${ROLES[role]}\n${content}`);
  const set = parameterWords(parameters);
  return [...said, ...(set.length === 0 ? [] : [`Parameters\n${set.join('\n')}`])].join('\n\n');
}

export function parameterWords({ model, temperature, topP, maxTokens }: PromptContent['parameters']): string[] {
  return [
    model === undefined ? undefined : `model ${model}`,
    temperature === undefined ? undefined : `temperature ${temperature}`,
    topP === undefined ? undefined : `top P ${topP}`,
    maxTokens === undefined ? undefined : `max tokens ${maxTokens}`,
  ].filter((words) => words !== undefined);
}

/** Word by word, for prompts are prose. */
export function promptChanges(earlier: PromptContent, later: PromptContent): readonly TextChange[] {
  return diffWordsWithSpace(promptText(earlier), promptText(later)).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}
