/** What is wrong with an edited part of the config, by the field it is about. Pure. */
import type { z } from 'zod';

/** Field (`targets.0.use`; empty: the item as a whole) to a sentence. */
export type FieldProblems = Readonly<Record<string, string>>;

/** What the contract's own schema says of a value, the first problem of each field. */
export function schemaProblems(schema: z.ZodType, value: unknown): FieldProblems {
  const result = schema.safeParse(value);
  if (result.success) return {};
  const found: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const field = issue.path.join('.');
    found[field] ??= sentence(issue.message);
  }
  return found;
}

export interface ReportedProblem {
  /** As the gateway writes it: `routing.rules[0].use`. */
  readonly path: string;
  readonly message: string;
}

/** The gateway's refusal, one line a problem: `routing.rules[0].use: found ...`. A line without a path is kept whole. */
export function reportedProblems(refusal: string): readonly ReportedProblem[] {
  return refusal
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(': ');
      const path = colon < 0 ? '' : line.slice(0, colon);
      // A sentence has spaces before its first colon; a path has them inside brackets only.
      if (path === '' || /\s/.test(path.replace(/\[".*?"\]/g, ''))) return { path: '', message: sentence(line) };
      return { path, message: sentence(line.slice(colon + 2)) };
    });
}

/** Those under `prefix` (`routing.rules[2]`), by field; the others stay for whoever shows the whole refusal. */
export function problemsUnder(
  problems: readonly ReportedProblem[],
  prefix: string,
): { readonly fields: FieldProblems; readonly others: readonly ReportedProblem[] } {
  const fields: Record<string, string> = {};
  const others: ReportedProblem[] = [];
  for (const problem of problems) {
    const field = fieldUnder(problem.path, prefix);
    if (field === undefined) others.push(problem);
    else fields[field] ??= problem.message;
  }
  return { fields, others };
}

/** `[0].use` after its prefix becomes `0.use`. */
function fieldUnder(path: string, prefix: string): string | undefined {
  if (!path.startsWith(prefix)) return undefined;
  const rest = path.slice(prefix.length);
  if (rest !== '' && !/^[.[]/.test(rest)) return undefined;
  return rest.replace(/\[(\d+)\]/g, '.$1').replace(/^\./, '');
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
