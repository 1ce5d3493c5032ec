/** Reading of JSON that nobody vouches for. */
export type Fields = Record<string, unknown>;

export const objectOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
export const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(objectOf) : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const parse = (body: Buffer): Fields => objectOf(JSON.parse(body.toString('utf8')));

/** The base64 of a data URL. */
export const ofDataUrl = (url: unknown): string => /^data:image\/png;base64,(.+)$/.exec(textOf(url))?.[1] ?? '';

export const eventFrame = (body: Fields, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(body)}\n\n`;

/** Every call has its result and every result its call, in any order. */
export function unmatched(calls: readonly string[], results: readonly string[]): readonly string[] {
  const open = [...calls].sort().join();
  const closed = [...results].sort().join();
  const twice = new Set(calls).size === calls.length ? [] : [`two calls have one id: ${open}`];
  return open === closed ? twice : [...twice, `calls ${open || 'none'} are answered by results ${closed || 'none'}`];
}
