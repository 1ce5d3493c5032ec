/** Saved prompts as a terminal shows them. */
import type { PromptHeadView, PromptParameters, PromptVersionView, PromptView } from '../../contract/prompts.ts';
import { shortInstant, textTable } from '../text-table.ts';

export function promptsTable(prompts: readonly PromptHeadView[]): string {
  const rows = prompts.map(({ id, title, newest, versions }) => [
    id,
    title,
    String(versions),
    newest.label ?? '-',
    newest.variables.join(', ') || '-',
    shortInstant(newest.createdAtMs),
  ]);
  return textTable([['ID', 'TITLE', 'VERSIONS', 'NEWEST', 'VARIABLES', 'SAVED (UTC)'], ...rows]);
}

/** One version, message by message. */
export function promptText({ id, title }: PromptView, version: PromptVersionView): string {
  const { label, createdAtMs, messages } = version;
  const named = label === undefined ? '' : ` "${label}"`;
  return [
    `${title} (${id}), version ${version.version}${named}, saved ${shortInstant(createdAtMs)} UTC`,
    ...parameterLines(version.parameters),
    ...messages.flatMap(({ role, content }) => ['', `[${role}]`, content]),
  ].join('\n');
}

function parameterLines({ model, temperature, topP, maxTokens }: PromptParameters): string[] {
  const words = [
    model && `model ${model}`,
    temperature === undefined ? undefined : `temperature ${temperature}`,
    topP === undefined ? undefined : `top p ${topP}`,
    maxTokens === undefined ? undefined : `at most ${maxTokens} tokens`,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? [] : [`Where the request does not say: ${words.join(', ')}`];
}
