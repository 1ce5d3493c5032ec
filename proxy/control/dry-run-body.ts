/** A dry run's call as the request a client would send. */
import type { z } from 'zod';
import type { dryRunInput } from '../contract/routing-desk.ts';

export type DryRunCall = z.output<typeof dryRunInput>;

/** One transparent pixel: what stands for any image. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const ANY_OBJECT = { type: 'object', properties: {}, additionalProperties: false };

export function dryRunBody(input: DryRunCall): Buffer {
  const { prompt } = input;
  const content = input.image
    ? [
        { type: 'text', text: prompt },
        { type: 'image_url', image_url: { url: PIXEL } },
      ]
    : prompt;
  return Buffer.from(
    JSON.stringify({
      model: input.model,
      ...(input.models === undefined ? {} : { models: input.models }),
      messages: [{ role: 'user', content }],
      stream: input.stream,
      ...(input.maxTokens === undefined ? {} : { max_tokens: input.maxTokens }),
      ...(input.tools ? { tools: [{ type: 'function', function: { name: 'tool', parameters: ANY_OBJECT } }] } : {}),
      ...(input.jsonSchema
        ? {
            response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: ANY_OBJECT, strict: true } },
          }
        : {}),
    }),
  );
}
