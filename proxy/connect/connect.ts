/** Connecting tools: the one object that the control contract speaks to. */
import { TOOL_IDS, type ToolId, type ToolView } from '../contract/connect.ts';
import { apply } from './apply.ts';
import { startCheck } from './check/start-check.ts';
import { createDesk, tell } from './desk.ts';
import { plan } from './plan.ts';
import { createToolKey } from './tool-key.ts';
import type { Connect, ConnectParts } from './types.ts';
import { undo } from './undo.ts';
import { viewOf } from './view.ts';

/** Files are read and written in one go, so two callers at once cannot get between each other. */
export function createConnect(parts: ConnectParts): Connect {
  const desk = createDesk(parts);

  const view = (id: ToolId, model: string | undefined, fallback: string): ToolView =>
    viewOf(desk, tell(desk, id, model, fallback), tell(desk, id, undefined, model ?? fallback));
  const told = async (id: ToolId, model: string | undefined) => tell(desk, id, model, await parts.defaultModel());

  return {
    async list(model) {
      const defaultModel = await parts.defaultModel();
      return { tools: TOOL_IDS.map((id) => view(id, model, defaultModel)), defaultModel, baseUrl: parts.baseUrl() };
    },
    async get(id, model) {
      return view(id, model, await parts.defaultModel());
    },
    async plan(id, model) {
      const whole = await told(id, model);
      return {
        files: plan(desk, whole),
        model: whole.context.model,
        nextSteps: [...whole.tool.nextSteps(whole.context)],
      };
    },
    async apply(id, { model, key }) {
      const whole = await told(id, model);
      const done = apply(desk, whole, key);
      const { model: applied } = whole.context;
      return { ...done, tool: view(id, applied, applied), nextSteps: [...whole.tool.nextSteps(whole.context)] };
    },
    async undo(id) {
      const fallback = await parts.defaultModel();
      const done = undo(desk, tell(desk, id, undefined, fallback));
      return { ...done, tool: view(id, undefined, fallback) };
    },
    async createKey(id) {
      return createToolKey(desk, await told(id, undefined));
    },
    async check(id, { model, secret, signal }) {
      return startCheck(desk, await told(id, model), { secret, signal });
    },
  };
}
