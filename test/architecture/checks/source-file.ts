/** One source file, parsed once: what it imports and the words it must not contain. */
import { posix } from 'node:path';
import { parseSync, Visitor } from 'vite';

export interface ImportEdge {
  /** As written. */
  readonly specifier: string;
  /** A path from the repository's root for a relative import, else undefined (a package or a built-in). */
  readonly target: string | undefined;
  /** Gone after type stripping. */
  readonly typeOnly: boolean;
  /** `import()`: loaded when that line is reached. */
  readonly lazy: boolean;
}

export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly lineCount: number;
  readonly imports: readonly ImportEdge[];
  readonly anyCount: number;
  readonly comments: readonly string[];
}

interface Entry {
  readonly isType: boolean;
}

/** `import {} from` and a bare `import` load the module too, so an empty list is not type-only. */
const allTypes = (entries: readonly Entry[]): boolean => entries.length > 0 && entries.every((entry) => entry.isType);

/** Reads TypeScript source. @throws where it cannot be parsed: a file that is skipped is a file that is not checked. */
export function readSource(path: string, text: string): SourceFile {
  const parsed = parseSync(path, text);
  const problem = parsed.errors[0];
  if (problem !== undefined) throw new Error(`${path}: ${problem.message}`);

  const imports: ImportEdge[] = [];
  const add = (specifier: string, typeOnly: boolean, lazy = false): void => {
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
    imports.push({ specifier, target, typeOnly, lazy });
  };
  for (const found of parsed.module.staticImports) add(found.moduleRequest.value, allTypes(found.entries));
  for (const found of parsed.module.staticExports) {
    const from = found.entries.find((entry) => entry.moduleRequest !== null)?.moduleRequest;
    if (from) add(from.value, allTypes(found.entries));
  }
  let anyCount = 0;
  new Visitor({
    TSAnyKeyword: () => {
      anyCount += 1;
    },
    ImportExpression: (node) => {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string') add(node.source.value, false, true);
    },
    TSImportType: (node) => add(node.source.value, true),
  }).visit(parsed.program);

  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return { path, lineCount: lines, imports, anyCount, comments: parsed.comments.map((comment) => comment.value) };
}
