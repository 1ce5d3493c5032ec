/** The named edit that shortens an answer: `generationConfig.maxOutputTokens`, in whichever spelling the client used. */
import { lowerNumbers, type Splice } from '../json/lower-numbers.ts';
import { type JsonRange, scanJson } from '../json/scan.ts';
import { camelName } from './wire.ts';

export function lowerMaxTokens(body: Buffer, generationConfig: JsonRange | undefined, max: number): readonly Splice[] {
  if (generationConfig === undefined) {
    // The body is an object, and it is not empty: it has contents.
    const inside = body.indexOf('{') + 1;
    return [{ start: inside, end: inside, text: `"generationConfig":{"maxOutputTokens":${max}},` }];
  }
  const { start, end } = generationConfig;
  const document = scanJson(body.subarray(start, end), 'generationConfig');
  if (document.kind !== 'object') return [{ start, end, text: `{"maxOutputTokens":${max}}` }];
  const said = document.members
    .filter(({ key }) => camelName(key) === 'maxOutputTokens')
    .map(({ value }) => ({ start: start + value.start, end: start + value.end }));
  const lowered = lowerNumbers(body, said, max);
  if (lowered !== undefined) return lowered;
  const inside = start + document.start + 1;
  const comma = document.members.length === 0 ? '' : ',';
  return [{ start: inside, end: inside, text: `"maxOutputTokens":${max}${comma}` }];
}
