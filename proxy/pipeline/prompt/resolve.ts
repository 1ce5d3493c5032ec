/** The version that a request names, with its variables filled. Messages of errors never hold text of either. */
import { PROMPT_ID_PREFIX, promptId, promptLabel } from '../../contract/prompts.ts';
import { type ErrorCode, GatehouseError } from '../../core/errors.ts';
import type { PromptLookup } from '../../prompts/types.ts';
import { fillVariables, isVariableName } from '../../prompts/variables.ts';
import type { PromptContent } from '../../protocols/saved-prompt/types.ts';
import type { PromptReference } from './reference.ts';

export interface ResolvedPrompt extends PromptContent {
  /** `id@version`, for the record. */
  readonly name: string;
}

const NAMES_TOLD = 5;

/** Throws GatehouseError prompt_not_found, prompt_version_not_found, prompt_variable_missing or prompt_variable_unknown. */
export function resolvePrompt(reference: PromptReference, prompts: PromptLookup): ResolvedPrompt {
  const { id, version: asked, variables: values } = reference;
  if (!promptId.safeParse(id).success)
    throw refused(
      'prompt_not_found',
      'prompt.id',
      'the id of a saved prompt is "gatehouse/" and its name, as in gatehouse/greeting',
    );
  const found = prompts.version(id, asked);
  if (found === undefined) throw notFound(reference, prompts);
  const { version, variables, messages, parameters } = found;

  const missing = variables.filter((name) => !values.has(name));
  if (missing.length > 0) {
    const message = `the saved prompt "${id}" needs a value for ${told(missing)}; give it in "prompt.variables"`;
    throw refused('prompt_variable_missing', 'prompt.variables', message);
  }
  const unknown = [...values.keys()].filter((name) => !variables.includes(name));
  if (unknown.length > 0) {
    const has = variables.length === 0 ? 'it has none' : `it has ${told(variables)}`;
    const message = `version ${version} of the saved prompt "${id}" has no variable ${told(unknown)}; ${has}`;
    throw refused('prompt_variable_unknown', 'prompt.variables', message);
  }
  return { name: `${id}@${version}`, messages: fillVariables(messages, values), parameters };
}

function notFound({ id, version }: PromptReference, prompts: PromptLookup): GatehouseError {
  const newest = prompts.version(id)?.version;
  if (newest === undefined) {
    const message = `there is no saved prompt "${PROMPT_ID_PREFIX}${id}"; save it in the playground first, or correct the id`;
    return refused('prompt_not_found', 'prompt.id', message);
  }
  const asked = typeof version === 'number' ? version : quotable(version) ? `"${version}"` : 'of that label';
  const message = `the saved prompt "${id}" has no version ${asked}; its newest is ${newest}`;
  return refused('prompt_version_not_found', 'prompt.version', message);
}

function quotable(label: string | undefined): boolean {
  return promptLabel.safeParse(label).success;
}

function told(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_TOLD).map((name) => (isVariableName(name) ? `"${name}"` : 'of such a name'));
  return shown.join(', ') + (names.length > NAMES_TOLD ? ` and ${names.length - NAMES_TOLD} more` : '');
}

function refused(code: ErrorCode, param: string, message: string): GatehouseError {
  return new GatehouseError(code, message, { param });
}
