/** What a config check says of routing: names that lead nowhere, patterns that are none. */
import type { CheckFinding } from '../config/check-config.ts';
import type { Config } from '../contract/config.ts';
import { routingProblems } from '../routing/problems.ts';

/** Servers of these kinds become providers of the same id when they are found on this machine. */
const FOUND_HERE = ['ollama', 'lmstudio'];

/** Whether a provider lists a model is not asked: its list may come later. */
export function routingFindings(config: Config): CheckFinding[] {
  const known = config.providers.map(({ id }) => id);
  return routingProblems(config, config.discovery.local ? [...known, ...FOUND_HERE] : known).map(
    ({ path, message }) => ({ path, message }),
  );
}
