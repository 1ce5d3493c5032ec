/** What every part of connecting works with: the parts handed in, and what is kept in the data directory. */
import type { ToolId } from '../contract/connect.ts';
import type { AccessKeyView } from '../contract/views.ts';
import { type Backups, createBackups } from './files/backups.ts';
import { createRecords, type Records } from './files/records.ts';
import { toolOf } from './tools/tools.ts';
import type { ConnectParts, Tool, ToolContext } from './types.ts';

export interface Desk extends ConnectParts {
  readonly records: Records;
  readonly backups: Backups;
}

export function createDesk(parts: ConnectParts): Desk {
  return {
    ...parts,
    records: createRecords(parts.dataDir),
    backups: createBackups(parts.dataDir, () => parts.clock.nowMs()),
  };
}

export function keyIdOf(tool: ToolId): string {
  return `tool-${tool}`;
}

/** The key made for the tool, unless it was revoked. */
export function keyOf({ accessKeys }: Desk, tool: ToolId): AccessKeyView | undefined {
  const id = keyIdOf(tool);
  return accessKeys.list().find((key) => key.id === id && key.revokedAtMs === undefined);
}

export interface Told {
  readonly tool: Tool;
  readonly context: ToolContext;
}

/** `asked` left out: the model that was applied, else `fallback`. */
export function tell(desk: Desk, id: ToolId, asked: string | undefined, fallback: string): Told {
  const model = asked ?? desk.records.get(id)?.model ?? fallback;
  const contextTokens = desk.contextTokensOf(model);
  const context: ToolContext = {
    rootUrl: desk.baseUrl().replace(/\/v1\/?$/, ''),
    model,
    machine: desk.machine,
    ...(contextTokens === undefined ? {} : { contextTokens }),
  };
  return { tool: toolOf(id), context };
}
