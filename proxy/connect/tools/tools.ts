/** All tools, in the order of the page. */
import { TOOL_IDS, type ToolId } from '../../contract/connect.ts';
import type { Tool } from '../types.ts';
import { aiSdk } from './ai-sdk.ts';
import { aider } from './aider.ts';
import { claudeCode } from './claude-code.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { continueDev } from './continue.ts';
import { copilot } from './copilot.ts';
import { curl } from './curl.ts';
import { geminiCli } from './gemini-cli.ts';
import { jetbrains } from './jetbrains.ts';
import { langchain } from './langchain.ts';
import { openWebui } from './open-webui.ts';
import { opencode } from './opencode.ts';
import { qwenCode } from './qwen-code.ts';
import { zed } from './zed.ts';

const BY_ID: Readonly<Record<ToolId, Tool>> = {
  'claude-code': claudeCode,
  codex,
  cline,
  continue: continueDev,
  aider,
  zed,
  opencode,
  'gemini-cli': geminiCli,
  'qwen-code': qwenCode,
  copilot,
  jetbrains,
  'open-webui': openWebui,
  langchain,
  'ai-sdk': aiSdk,
  curl,
};

export const TOOLS: readonly Tool[] = TOOL_IDS.map((id) => BY_ID[id]);

export function toolOf(id: ToolId): Tool {
  return BY_ID[id];
}
