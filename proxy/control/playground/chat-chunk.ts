/** What the playground shows of one openai-chat chunk or answer. Loose: fields it does not know are not its business. */
import { z } from 'zod';
import type { PlaygroundEvent } from '../../contract/playground.ts';

const part = z.object({
  content: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  refusal: z.string().nullish(),
  tool_calls: z
    .array(
      z.object({
        index: z.int().nullish(),
        id: z.string().nullish(),
        function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
});
const answer = z.object({ choices: z.array(z.object({ delta: part.nullish(), message: part.nullish() })).nullish() });

/** Throws SyntaxError when the text is not JSON. */
export function chatEvents(text: string): PlaygroundEvent[] {
  const json: unknown = JSON.parse(text);
  const parsed = answer.safeParse(json);
  if (!parsed.success) return [];
  return (parsed.data.choices ?? []).flatMap((choice) => {
    const seen = choice.delta ?? choice.message;
    return seen === null || seen === undefined ? [] : partEvents(seen);
  });
}

function partEvents(seen: z.infer<typeof part>): PlaygroundEvent[] {
  const events: PlaygroundEvent[] = [];
  const reasoning = seen.reasoning_content ?? seen.reasoning;
  if (reasoning) events.push({ type: 'reasoning', delta: reasoning });
  const text = seen.content ?? seen.refusal;
  if (text) events.push({ type: 'text', delta: text });
  (seen.tool_calls ?? []).forEach((call, place) => {
    const id = call.id ?? undefined;
    const name = call.function?.name ?? undefined;
    const argumentsDelta = call.function?.arguments ?? undefined;
    events.push({
      type: 'toolCall',
      index: call.index ?? place,
      ...(id === undefined || id === '' ? {} : { id }),
      ...(name === undefined ? {} : { name }),
      ...(argumentsDelta === undefined ? {} : { argumentsDelta }),
    });
  });
  return events;
}
