/** What is wrong with a config, in words for the person who wrote it. */

export interface ConfigProblem {
  /** e.g. `providers[0].kind`; empty when it is about the file as a whole. */
  readonly path: string;
  /** What was found and what is expected. Never a secret. */
  readonly message: string;
  /** 1-based position in the file, where there is one. */
  readonly line?: number;
  readonly column?: number;
}

export type PathSegment = string | number;

/** `['providers', 0, 'kind']` -> `providers[0].kind`. A key that is not a plain name is quoted: `fallbacks["openai/gpt-4o"]`. */
export function pathText(segments: readonly PathSegment[]): string {
  let text = '';
  for (const segment of segments) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment)}]`;
  }
  return text;
}

/** One line a problem, e.g. `gatehouse.yaml:4:11 providers[0].kind: found ...; expected ...`. */
export function problemsText(problems: readonly ConfigProblem[], fileName = 'config'): string {
  return problems
    .map(({ path, message, line, column }) => {
      const place = line === undefined ? fileName : `${fileName}:${line}${column === undefined ? '' : `:${column}`}`;
      return path === '' ? `${place}: ${message}` : `${place}: ${path}: ${message}`;
    })
    .join('\n');
}

/** Thrown where a config is needed and the text does not hold. `message` is `problemsText`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], fileName?: string) {
    super(`The config does not hold:\n${problemsText(problems, fileName)}`);
    this.problems = problems;
  }
}
