/**
 * A playground run: one chat call through the ordinary pipeline, told as events. What is sent and what comes back passes
 * through memory only; nothing of it is kept.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { mode } from './config/words.ts';
import { projectId } from './ids.ts';
import { routeView } from './routes.ts';
import { certainty, transferView, usageView } from './views.ts';

export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;
/** Of one image, before it is written as text. */
export const IMAGE_BYTES_MAX = 8_000_000;
/** Of one message. */
export const IMAGES_MAX = 8;
export const STOPS_MAX = 4;

const imageUrl = z
  .string()
  .max(Math.ceil(IMAGE_BYTES_MAX / 3) * 4 + 64, 'an image may have 8 MB at most')
  .regex(/^data:image\/(png|jpeg|webp|gif);base64,/, 'an image is a data URL of a PNG, JPEG, WebP or GIF');

export const contentPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: imageUrl }) }),
]);

const toolCall = z.object({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.object({ name: z.string().min(1), arguments: z.string() }),
});

/** As openai-chat writes them. */
export const playgroundMessage = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), content: z.string() }),
  z.object({ role: z.literal('user'), content: z.union([z.string(), z.array(contentPart).min(1)]) }),
  z.object({ role: z.literal('assistant'), content: z.string().nullable(), tool_calls: z.array(toolCall).optional() }),
  z.object({ role: z.literal('tool'), tool_call_id: z.string().min(1), content: z.string() }),
]);
export type PlaygroundMessage = z.infer<typeof playgroundMessage>;

/** Any JSON object; whether it is a schema is the provider's word. */
export const jsonObject = z.record(z.string(), z.json());

export const toolName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'use letters, digits, dash or underscore (64 at most)');

export const playgroundTool = z.object({
  name: toolName,
  description: z.string().max(8_000).optional(),
  /** A JSON schema of the arguments. */
  parameters: jsonObject,
});
export type PlaygroundTool = z.infer<typeof playgroundTool>;

export const answerFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('json_object') }),
  z.object({ type: z.literal('json_schema'), name: toolName, schema: jsonObject, strict: z.boolean() }),
]);
export type AnswerFormat = z.infer<typeof answerFormat>;

export const reasoningEffort = z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']);
export const toolChoice = z.enum(['auto', 'required', 'none']);

/** What is left out is not sent, and the provider decides. */
export const playgroundParameters = z.object({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.int().min(1).max(10_000_000).optional(),
  seed: z.int().optional(),
  stop: z.array(z.string().min(1)).min(1).max(STOPS_MAX).optional(),
  reasoningEffort: reasoningEffort.optional(),
});
export type PlaygroundParameters = z.infer<typeof playgroundParameters>;

export const playgroundInput = playgroundParameters.extend({
  model: z.string().min(1).max(200),
  /** Sent as X-Gatehouse-Mode. */
  mode: mode.optional(),
  /** Whose budgets, fees and figures the call counts to. */
  project: projectId.optional(),
  messages: z.array(playgroundMessage).min(1),
  tools: z.array(playgroundTool).min(1).max(128).optional(),
  toolChoice: toolChoice.optional(),
  answerFormat: answerFormat.optional(),
});
export type PlaygroundInput = z.infer<typeof playgroundInput>;

export const namedHeader = z.object({ name: z.string(), value: z.string() });

/**
 * What a run reports: `started` first; `trace` when the route is decided and after every ledger entry; `headers` and
 * `route` when the answer begins; text, reasoning and tool calls as they come; `finish` last, after an `error` too.
 */
export const playgroundEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), requestId: z.string() }),
  z.object({ type: z.literal('trace'), route: routeView }),
  /** What a client would see of the head: the gateway's own headers and the limits it is told. Never a credential. */
  z.object({ type: z.literal('headers'), status: z.int(), headers: z.array(namedHeader) }),
  z.object({
    type: z.literal('route'),
    requestId: z.string(),
    provider: z.string(),
    model: z.string(),
    attempts: z.int(),
  }),
  z.object({ type: z.literal('text'), delta: z.string() }),
  z.object({ type: z.literal('reasoning'), delta: z.string() }),
  z.object({
    type: z.literal('toolCall'),
    index: z.int(),
    id: z.string().optional(),
    name: z.string().optional(),
    argumentsDelta: z.string().optional(),
  }),
  z.object({ type: z.literal('transfer'), transfer: transferView }),
  z.object({
    type: z.literal('finish'),
    finishReason: z.string().optional(),
    usage: usageView.optional(),
    costNano: z.int().optional(),
    certainty: certainty.optional(),
    firstTokenMs: z.number().optional(),
    durationMs: z.number(),
    warnings: z.array(z.string()).optional(),
  }),
  z.object({ type: z.literal('error'), status: z.int(), code: z.string(), message: z.string() }),
]);
export type PlaygroundEvent = z.infer<typeof playgroundEvent>;

const base = oc.errors({ BAD_REQUEST: { status: 400 } });

export const playgroundDesk = {
  run: base.input(playgroundInput).output(eventIterator(playgroundEvent)),
};
