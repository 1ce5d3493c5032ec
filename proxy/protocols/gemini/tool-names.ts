/** A tool's name as Gemini takes it: letters, digits and `_ . : -`, a letter or underscore first, 128 at most. */

const NOT_ALLOWED = /[^a-zA-Z0-9_.:-]/g;
const LENGTH_MAX = 128;

/** Codex groups tools in namespaces: one flat name stands for both. */
export function flatToolName(tool: { readonly name: string; readonly namespace?: string | undefined }): string {
  const whole = tool.namespace === undefined ? tool.name : `${tool.namespace}__${tool.name}`;
  const plain = whole.replace(NOT_ALLOWED, '_').slice(0, LENGTH_MAX);
  return /^[a-zA-Z_]/.test(plain) ? plain : `_${plain}`.slice(0, LENGTH_MAX);
}
