/** A question with an answer that nobody was asked for: what a saved prompt gives as an example. Pure. */
import type { Lane, Question, Turn } from './conversation.ts';
import { exampleRun } from './run-state.ts';

export function exampleTurn(id: number, lanes: readonly Lane[], question: Question, answer: string): Turn {
  return {
    id,
    question,
    answers: new Map(
      lanes.map((lane) => {
        const input = { model: lane.target.model, messages: [{ role: 'user' as const, content: question.text }] };
        return [lane.id, [{ run: exampleRun(input, answer), results: undefined }]];
      }),
    ),
  };
}
