/** What stands in a part of a drawn tree, as plain text: what "Copy" copies of a code block. */
interface TreeNode {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly TreeNode[];
}

export function codeText(node: TreeNode | undefined): string {
  if (node === undefined) return '';
  if (node.type === 'text') return node.value ?? '';
  return (node.children ?? []).map(codeText).join('');
}

/** `ts` of a fence that begins with ```ts; undefined where it names no language. */
export function codeLanguage(className: unknown): string | undefined {
  const names = Array.isArray(className) ? className : [];
  const named = names.find((name) => typeof name === 'string' && name.startsWith('language-'));
  return typeof named === 'string' ? named.slice('language-'.length) : undefined;
}
