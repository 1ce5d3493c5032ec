/** A tool as the window and the command line see it. */
import type { ToolFileView, ToolView } from '../contract/connect.ts';
import { type Desk, keyOf, type Told } from './desk.ts';
import { ConnectError } from './errors.ts';
import { sha256Of } from './files/config-file.ts';
import { matchFile, openFile } from './files/open-files.ts';
import type { AppliedRecord } from './files/records.ts';
import { findTool } from './find-tool.ts';
import { shownPath } from './tools/places.ts';
import type { ToolFile } from './types.ts';

/** `applied`: the same tool with the model that was applied, which is what its files are held against. */
export function viewOf(desk: Desk, { tool, context }: Told, applied: Told): ToolView {
  const { id, name, summary, kind, homepage, protocol } = tool;
  const record = desk.records.get(id);
  const key = keyOf(desk, id);
  const call = key === undefined ? undefined : desk.lastCallOf(key.id);
  const since = call === undefined || call.startedAtMs < (key?.createdAtMs ?? 0) ? undefined : call;
  return {
    id,
    name,
    summary,
    kind,
    homepage,
    protocol,
    baseUrl: tool.baseUrl(context.rootUrl),
    model: tool.modelName?.(context.model) ?? context.model,
    ...findTool(tool, context.machine),
    steps: [...tool.steps(context)],
    env: tool.env(context).map(({ name: variable, value }) => ({ name: variable, value })),
    notes: [...tool.notes(context)],
    files: applied.tool.files(applied.context).map((file) => fileView(desk, applied, file, record)),
    ...(record === undefined ? {} : { applied: { atMs: record.atMs, model: record.model } }),
    ...(key === undefined ? {} : { key }),
    ...(since === undefined
      ? {}
      : {
          lastCall: {
            requestId: since.id,
            atMs: since.startedAtMs,
            state: since.state,
            ...(since.modelAsked === undefined ? {} : { model: since.modelAsked }),
          },
        }),
  };
}

function fileView(desk: Desk, told: Told, target: ToolFile, record: AppliedRecord | undefined): ToolFileView {
  const { machine } = told.context;
  const described = (path: string) => ({ path, shownPath: shownPath(machine, path), format: target.format });
  try {
    const open = openFile(target, record);
    const exists = open.file.state === 'present';
    const { same, secret } = matchFile(open);
    return { ...described(open.file.path), exists, state: stateOf(desk, told, record, same, secret) };
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return { ...described(target.path), exists: true, state: 'refused', problem: error.message };
  }
}

function stateOf(
  desk: Desk,
  { tool }: Told,
  record: AppliedRecord | undefined,
  same: boolean,
  secret: string | undefined,
): ToolFileView['state'] {
  // By hand is as good: then the key is the person's business.
  if (record === undefined) return same ? 'connected' : 'none';
  const ours = secret === undefined || sha256Of(secret) === record.secretSha256;
  const valid = record.keyId === undefined || keyOf(desk, tool.id) !== undefined;
  return same && ours && valid ? 'connected' : 'changed';
}
