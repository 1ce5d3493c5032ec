/** One of the named edits of a request: numbers in its bytes are lowered to a limit, never raised. */
import type { JsonRange } from './scan.ts';

/** What is put in the place of a range of the body. */
export interface Splice extends JsonRange {
  readonly text: string;
}

/**
 * `ranges`: the values that the client gave, under any of the names, checked to be numbers or null. Each number above `max`
 * becomes `max`; where there is none but a null, the null does. Undefined: the client said nothing, so it has to be put in.
 */
export function lowerNumbers(
  body: Buffer,
  ranges: readonly (JsonRange | undefined)[],
  max: number,
): readonly Splice[] | undefined {
  const said = ranges.flatMap((range) => (range === undefined ? [] : [{ ...range, value: parsed(body, range) }]));
  const numbers = said.filter(({ value }) => value !== null);
  if (numbers.length > 0) {
    return numbers.flatMap(({ start, end, value }) =>
      typeof value === 'number' && value <= max ? [] : [{ start, end, text: String(max) }],
    );
  }
  const [empty] = said;
  return empty === undefined ? undefined : [{ start: empty.start, end: empty.end, text: String(max) }];
}

function parsed(body: Buffer, { start, end }: JsonRange): unknown {
  return JSON.parse(body.toString('utf8', start, end));
}
