/** A saved prompt, as the playground takes it. */
import type { PromptParameters } from '../../../../../proxy/contract/prompts.ts';
import type { Question, Target } from './conversation.ts';

export interface LoadedPrompt {
  readonly system: string;
  /** Questions with their answers, as examples for the model. */
  readonly examples: readonly { readonly question: string; readonly answer: string }[];
  readonly draft: Question;
  readonly target: Target | undefined;
  readonly parameters: Pick<PromptParameters, 'temperature' | 'topP' | 'maxTokens'>;
}
