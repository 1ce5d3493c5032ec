/** Saved prompts without a database, for tests of what is done with them, and requests that name one. */
import type { PromptVersionView } from '../../proxy/contract/prompts.ts';
import { inspectPrompted } from '../../proxy/pipeline/prompt/inspect-prompted.ts';
import type { PromptLookup } from '../../proxy/prompts/types.ts';
import { variablesOf } from '../../proxy/prompts/variables.ts';
import { DIALECTS, type DialectName } from '../../proxy/protocols/dialects.ts';

export type Saved = Pick<PromptVersionView, 'messages'> & Partial<PromptVersionView>;

/** The prompt `p`; the last version is the newest. */
export function promptBook(...versions: readonly Saved[]): PromptLookup {
  const views = versions.map((saved, index) => ({
    version: index + 1,
    createdAtMs: 0,
    variables: variablesOf(saved.messages),
    parameters: {},
    ...saved,
  }));
  return {
    version: (id, which = views.length) =>
      id === 'p' ? views.find(({ version, label }) => version === which || label === which) : undefined,
  };
}

/** The body as it goes on. */
export function expanded(dialect: DialectName, body: string, ...versions: readonly Saved[]): string {
  return inspectPrompted(DIALECTS[dialect], Buffer.from(body), promptBook(...versions)).body.toString();
}
