/** What the pipeline and the control contract want of saved prompts. */
import type {
  PromptHeadView,
  PromptMessage,
  PromptParameters,
  PromptVersionView,
  PromptView,
} from '../contract/prompts.ts';

export interface PromptLookup {
  /** By number or by label; the newest when neither is given. Undefined: there is no such prompt or version. */
  version(id: string, which?: number | string): PromptVersionView | undefined;
}

export interface SavedPrompts extends PromptLookup {
  /** The one saved last first, without text. */
  list(): PromptHeadView[];
  get(id: string): PromptView | undefined;
  /** Throws LabelTaken. */
  save(prompt: NewVersion): { prompt: PromptHeadView; version: PromptVersionView; added: boolean };
  /** With all versions; the bytes on the disk are overwritten. False: there is no such prompt. */
  remove(id: string): boolean;
}

export interface NewVersion {
  readonly id: string;
  /** Left out: as it is; of a new prompt: its id. */
  readonly title?: string | undefined;
  readonly label?: string | undefined;
  readonly messages: readonly PromptMessage[];
  readonly parameters: PromptParameters;
}
