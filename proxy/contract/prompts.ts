/**
 * Saved prompts: the one place where Gatehouse keeps text, and only text that a person saved here. A prompt has versions
 * numbered from 1 that are never changed; a request uses one by `prompt: { id: "gatehouse/<id>", version, variables }`.
 */
import { oc } from '@orpc/contract';
import { z } from 'zod';

export const PROMPT_MESSAGES_MAX = 200;
/** Of all messages of a version together. */
export const PROMPT_CHARACTERS_MAX = 1_000_000;
export const PROMPT_TITLE_CHARACTERS_MAX = 120;
/** What a request puts before the id; ids of other services pass untouched. */
export const PROMPT_ID_PREFIX = 'gatehouse/';

export const promptId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'use lower-case letters, digits, dot, dash or underscore (64 at most)');

/** What a version is called beside its number; a request may use it in the number's place, so it is not a number itself. */
export const promptLabel = z
  .string()
  .max(64, 'use 64 characters at most')
  .regex(
    /^(?!\d+$)[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u,
    'begin with a letter or digit, use letters, digits, space, dot, dash or underscore, and not digits alone',
  );

/** `{{name}}` in the text is a variable: each request says what stands there. */
export const promptMessage = z.strictObject({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.string().min(1, 'write something, or take the message out'),
});
export type PromptMessage = z.infer<typeof promptMessage>;

/** Each fills what a request leaves out, and never replaces what it says. */
export const promptParameters = z.strictObject({
  /** As a request names it: `provider/model`, a virtual model, `auto`. */
  model: z.string().min(1).max(200).optional(),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.int().min(1).max(10_000_000).optional(),
});
export type PromptParameters = z.infer<typeof promptParameters>;

const versionFacts = z.object({
  version: z.int().min(1),
  label: z.string().optional(),
  createdAtMs: z.int(),
  /** The names in the text, in order of appearance. A request gives each of them. */
  variables: z.array(z.string()),
});

export const promptVersionView = versionFacts.extend({
  messages: z.array(promptMessage),
  parameters: promptParameters,
});
export type PromptVersionView = z.infer<typeof promptVersionView>;

/** A prompt in a list: without its text. */
export const promptHeadView = z.object({
  id: z.string(),
  title: z.string(),
  createdAtMs: z.int(),
  /** What a request without a version uses. */
  newest: versionFacts,
  versions: z.int().min(1),
});
export type PromptHeadView = z.infer<typeof promptHeadView>;

export const promptView = z.object({
  id: z.string(),
  title: z.string(),
  createdAtMs: z.int(),
  /** Newest first. */
  versions: z.array(promptVersionView).min(1),
});
export type PromptView = z.infer<typeof promptView>;

export const promptInput = z.object({
  id: promptId,
  /** Left out: as it is; of a new prompt: its id. */
  title: z.string().trim().min(1).max(PROMPT_TITLE_CHARACTERS_MAX).optional(),
  label: promptLabel.optional(),
  messages: z
    .array(promptMessage)
    .min(1, 'a prompt needs a message')
    .max(PROMPT_MESSAGES_MAX)
    .refine(
      (messages) => messages.reduce((sum, { content }) => sum + content.length, 0) <= PROMPT_CHARACTERS_MAX,
      `a prompt holds ${PROMPT_CHARACTERS_MAX.toLocaleString('en')} characters at most`,
    ),
  parameters: promptParameters.default({}),
});
export type PromptInput = z.input<typeof promptInput>;

const base = oc.errors({
  NOT_FOUND: { status: 404 },
  /** The label is that of another version. */
  CONFLICT: { status: 409 },
});

export const promptsDesk = {
  /** The one saved last first. */
  list: base.output(z.array(promptHeadView)),
  get: base.input(z.object({ id: promptId })).output(promptView),
  /**
   * A new version; `added: false`: the newest has these messages and parameters already (and this label, or none was
   * given), so there is none. The title is set either way.
   */
  save: base
    .input(promptInput)
    .output(z.object({ prompt: promptHeadView, version: promptVersionView, added: z.boolean() })),
  /** The prompt with all its versions, text included. A backup made before still has it. */
  remove: base.input(z.object({ id: promptId })).output(z.object({ removed: z.literal(true) })),
  /** One prompt, or all of them, every version, as a JSON document. */
  export: base.input(z.object({ id: promptId.optional() })).output(z.object({ json: z.string() })),
};
