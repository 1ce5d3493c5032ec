/** A model's name as a bill and a request can be matched by. */

/** `gpt-4o-mini-2024-07-18, input` -> `gpt-4o-mini`; `claude-sonnet-4-5-20250929` -> `claude-sonnet-4-5`. */
export function modelFamilyName(name: string): string {
  const first = name.split(/[,|]/)[0] ?? name;
  return first
    .trim()
    .toLowerCase()
    .replace(/^models\//, '')
    .replaceAll(/\s+/g, '-')
    .replace(/[-@](?:20\d{2}-\d{2}-\d{2}|20\d{6})$/, '');
}
