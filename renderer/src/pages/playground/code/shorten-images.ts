/** A request body without the megabytes of its images: what is shown as code is for reading. Pure. */

/** What stands for the bytes of an image. */
export const IMAGE_PLACEHOLDER = 'BASE64_OF_YOUR_IMAGE';
const SHOWN_CHARACTERS_MAX = 200;

export function shortenImages(value: unknown): unknown {
  if (typeof value === 'string') return shortened(value);
  if (Array.isArray(value)) return value.map(shortenImages);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shortenImages(item)]));
}

function shortened(text: string): string {
  if (text.length <= SHOWN_CHARACTERS_MAX) return text;
  const [, head] = /^(data:image\/[a-z]+;base64,)/.exec(text) ?? [];
  return head === undefined ? text : `${head}${IMAGE_PLACEHOLDER}`;
}
