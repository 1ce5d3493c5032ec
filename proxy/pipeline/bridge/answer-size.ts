/** How many bytes a model wrote: about four make a token, where nobody counted. */
import type { Answer } from '../../core/answer.ts';
import type { Part } from '../../core/part.ts';

export function answerBytes(answer: Answer): number {
  return answer.choices.reduce(
    (sum, choice) => sum + choice.parts.reduce((total, part) => total + partBytes(part), 0),
    0,
  );
}

function partBytes(part: Part): number {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return Buffer.byteLength(part.text);
    case 'tool-call':
      return Buffer.byteLength(part.name) + Buffer.byteLength(part.arguments);
    default:
      // Images, audio and the provider's own blocks are not text that can be counted so.
      return 0;
  }
}
