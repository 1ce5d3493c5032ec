/** Problems of a part of an item: under `targets`, `targets.0` becomes `0`, and `targets` itself ``. Pure. */
import type { FieldProblems } from '../../../config-edit/config-problems.ts';

export function problemsAt(problems: FieldProblems, field: string): FieldProblems {
  const found: Record<string, string> = {};
  for (const [path, message] of Object.entries(problems)) {
    if (path === field) found[''] = message;
    else if (path.startsWith(`${field}.`)) found[path.slice(field.length + 1)] = message;
  }
  return found;
}
