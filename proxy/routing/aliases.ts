/** Claude Code offers only models whose names begin with claude or anthropic: every other model has a second name for it. */
const PREFIX = 'claude/';

/** `openai/gpt-4o` -> `claude/openai/gpt-4o`; names that begin right stay as they are. */
export function claudeAlias(id: string): string {
  return id.startsWith('claude') || id.startsWith('anthropic') ? id : PREFIX + id;
}

/** The model behind an alias; any other name as it is. A provider that is really called "claude" comes first. */
export function resolveAlias(asked: string, providers: ReadonlyMap<string, unknown>): string {
  return asked.startsWith(PREFIX) && !providers.has('claude') ? asked.slice(PREFIX.length) : asked;
}
