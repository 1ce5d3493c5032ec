/** A prompt to save, out of what stands in the playground; and a saved one, put back into it. Pure. */
import type {
  PromptInput,
  PromptMessage,
  PromptParameters,
  PromptVersionView,
} from '../../../../../proxy/contract/prompts.ts';
import { targetOf, targetValue } from '../lanes/target-words.ts';
import type { CallSettings } from '../state/call-settings.ts';
import type { Target } from '../state/conversation.ts';
import type { LoadedPrompt } from '../state/loaded-prompt.ts';
import type { PlaygroundState } from '../state/playground-store.ts';

export interface PromptDraft {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly messages: readonly PromptMessage[];
  readonly parameters: PromptParameters;
  readonly withParameters: boolean;
}

/** The system prompt, and what is being written, else what was asked last. */
export function draftFromPlayground({ conversation, settings, draft }: PlaygroundState): PromptDraft {
  const asked = draft.text.trim() === '' ? (conversation.turns.at(-1)?.question.text ?? '') : draft.text;
  const target = conversation.lanes[0]?.target;
  return {
    id: '',
    title: '',
    label: '',
    messages: [
      { role: 'system', content: settings.system },
      { role: 'user', content: asked },
    ],
    parameters: parametersOf(settings, target),
    withParameters: false,
  };
}

/** Empty messages are left out. */
export function promptInputOf(draft: PromptDraft): PromptInput {
  const { id, title, label, messages, parameters, withParameters } = draft;
  return {
    id,
    ...(title.trim() === '' ? {} : { title: title.trim() }),
    ...(label.trim() === '' ? {} : { label: label.trim() }),
    messages: messages.filter(({ content }) => content.trim() !== ''),
    parameters: withParameters ? parameters : {},
  };
}

function parametersOf({ parameters }: CallSettings, target: Target | undefined): PromptParameters {
  const { temperature, topP, maxTokens } = parameters;
  return {
    ...(target === undefined || target.model === '' ? {} : { model: targetValue(target) }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
  };
}

/** `values`: what is put in the place of the variables; one without a value stays as it is written. */
export function loadPrompt(version: PromptVersionView, values: Readonly<Record<string, string>>): LoadedPrompt {
  const messages = version.messages.map(({ role, content }) => ({ role, content: filled(content, values) }));
  const { model, ...parameters } = version.parameters;
  const examples: { question: string; answer: string }[] = [];
  let waiting: string[] = [];
  for (const { role, content } of messages) {
    if (role === 'user') waiting.push(content);
    if (role !== 'assistant') continue;
    examples.push({ question: waiting.join('\n\n'), answer: content });
    waiting = [];
  }
  return {
    system: messages
      .filter(({ role }) => role === 'system' || role === 'developer')
      .map(({ content }) => content)
      .join('\n\n'),
    examples,
    draft: { text: waiting.join('\n\n'), images: [] },
    target: model === undefined ? undefined : targetOf(model),
    parameters,
  };
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{[ \t]*([A-Za-z_][A-Za-z0-9_.-]{0,63})[ \t]*\}\}/g, (written, name: string) => {
    const value = values[name];
    return value === undefined || value === '' ? written : value;
  });
}
