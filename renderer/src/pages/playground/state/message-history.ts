/** The messages of a call: what a lane has heard and said so far, and the question. Pure. */
import type { PlaygroundMessage } from '../../../../../proxy/contract/playground.ts';
import { type Question, type Step, stepsOf, type Turn } from './conversation.ts';

/** `steps`: those of the question's own answer so far, where the call goes on after a tool. */
export function messagesFor(
  laneId: number,
  earlier: readonly Turn[],
  question: Question,
  steps: readonly Step[],
  system: string,
): PlaygroundMessage[] {
  return [
    ...(system.trim() === '' ? [] : [{ role: 'system' as const, content: system }]),
    ...earlier.flatMap((turn) => turnMessages(turn.question, stepsOf(turn, laneId))),
    questionMessage(question),
    ...steps.flatMap(stepMessages),
  ];
}

/** A question without an answer is left out: two questions in a row are refused by some providers. */
function turnMessages(question: Question, steps: readonly Step[]): PlaygroundMessage[] {
  const said = steps.flatMap(stepMessages);
  return said.length === 0 ? [] : [questionMessage(question), ...said];
}

function questionMessage({ text, images }: Question): PlaygroundMessage {
  if (images.length === 0) return { role: 'user', content: text };
  return {
    role: 'user',
    content: [
      ...(text === '' ? [] : [{ type: 'text' as const, text }]),
      ...images.map(({ dataUrl }) => ({ type: 'image_url' as const, image_url: { url: dataUrl } })),
    ],
  };
}

/** Calls without a result are left out, for a provider refuses a call that nobody answered; so is an answer with nothing in it. */
function stepMessages({ run, results }: Step): PlaygroundMessage[] {
  const answered = run.toolCalls.filter(({ id }) => results?.some(({ callId }) => callId === id));
  if (run.text === '' && answered.length === 0) return [];
  if (answered.length === 0) return [{ role: 'assistant', content: run.text }];
  return [
    {
      role: 'assistant',
      content: run.text === '' ? null : run.text,
      tool_calls: answered.map(({ id, name, arguments: text }) => ({
        id,
        type: 'function',
        function: { name, arguments: text },
      })),
    },
    ...answered.map(({ id }) => ({
      role: 'tool' as const,
      tool_call_id: id,
      content: results?.find(({ callId }) => callId === id)?.content ?? '',
    })),
  ];
}
