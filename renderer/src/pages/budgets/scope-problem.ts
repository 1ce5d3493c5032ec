/** What is wrong with the scope that a person chose. Pure. */
import { accessKeyId, modelRef, projectId, providerId } from '../../../../proxy/contract/ids.ts';
import { firstProblem } from '../../format/first-problem.ts';
import { type Scope, scopeKindWords } from './scope-words.ts';

export function scopeProblem({ kind, name }: Scope): string | undefined {
  const typed = name.trim();
  if (kind === 'global') return undefined;
  if (typed === '') return `Say which ${scopeKindWords(kind).toLowerCase()}`;
  switch (kind) {
    case 'key':
      return firstProblem(accessKeyId, typed);
    case 'project':
      return firstProblem(projectId, typed);
    case 'provider':
      return firstProblem(providerId, typed);
    case 'model':
      return firstProblem(modelRef, typed);
    case 'client':
      return undefined;
    default:
      return kind satisfies never;
  }
}
