/**
 * "Connect a tool": how each tool is told about this gateway, the change to its config file (planned, applied, undone) and
 * the live check of what works. Texts hold KEY_PLACEHOLDER where the access key goes; the window fills a key in that was
 * just made, so no secret travels with a list.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { nanoUsd } from './money.ts';
import { accessKeyView } from './views.ts';

/** Stands for the access key in every text and shown change. Needs no quoting anywhere, and neither does a key. */
export const KEY_PLACEHOLDER = 'gh_YOUR_ACCESS_KEY';

export const TOOL_IDS = [
  'claude-code',
  'codex',
  'cline',
  'continue',
  'aider',
  'zed',
  'opencode',
  'gemini-cli',
  'qwen-code',
  'copilot',
  'jetbrains',
  'open-webui',
  'langchain',
  'ai-sdk',
  'curl',
] as const;
export const toolId = z.enum(TOOL_IDS);
export type ToolId = (typeof TOOL_IDS)[number];

/** Something to copy. `text` may hold KEY_PLACEHOLDER. */
export const codeBlock = z.object({
  /** As a highlighter knows it. */
  language: z.enum(['bash', 'powershell', 'json', 'jsonc', 'toml', 'yaml', 'dotenv', 'typescript', 'python', 'text']),
  text: z.string(),
  /** Completes the sentence "Copy ...". */
  copyName: z.string(),
  /** Where it goes, e.g. `~/.codex/config.toml`. */
  place: z.string().optional(),
});
export type CodeBlock = z.infer<typeof codeBlock>;

export const toolStep = z.object({
  /** One sentence, without Markdown. */
  text: z.string(),
  code: codeBlock.optional(),
  /** What `apply` does: skipped by who lets Gatehouse edit the file. */
  byApply: z.boolean(),
});
export type ToolStep = z.infer<typeof toolStep>;

export const fileFormat = z.enum(['jsonc', 'toml', 'yaml', 'dotenv']);
export type FileFormat = z.infer<typeof fileFormat>;

export const toolFileView = z.object({
  /** Absolute; a symbolic link is followed when it is written. */
  path: z.string(),
  /** For people: `~/.codex/config.toml`. */
  shownPath: z.string(),
  format: fileFormat,
  exists: z.boolean(),
  /**
   * `none`: nothing of ours is in it. `connected`: our entries are there and lead to this gateway. `changed`: they were
   * applied, and the file says something else by now (another port, edited by hand). `refused`: it cannot be edited, and
   * `problem` says why and what to do.
   */
  state: z.enum(['none', 'connected', 'changed', 'refused']),
  problem: z.string().optional(),
});
export type ToolFileView = z.infer<typeof toolFileView>;

export const toolView = z.object({
  id: toolId,
  name: z.string(),
  /** What it is, in one line. */
  summary: z.string(),
  kind: z.enum(['agent', 'editor', 'chat', 'library', 'terminal']),
  homepage: z.string(),
  protocol: z.enum(['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini']),
  /** The gateway's address as this tool wants it. */
  baseUrl: z.string(),
  /** The name of the model as this tool is told it (Claude Code: with `claude/` before it). */
  model: z.string(),
  /** Found on this machine by its program or its folder. `unknown`: it leaves no such trace (a library, a container). */
  installed: z.enum(['yes', 'no', 'unknown']),
  /** Where it was seen, e.g. `~/.codex` or `/usr/bin/codex`. */
  seenAt: z.string().optional(),
  steps: z.array(toolStep),
  /** For a shell or a container, in order; a value may hold KEY_PLACEHOLDER. Empty: it reads none. */
  env: z.array(z.object({ name: z.string(), value: z.string() })),
  /** What to know beside the steps. */
  notes: z.array(z.string()),
  /** What Gatehouse can edit for the person, in order of writing; empty: it is done by hand. */
  files: z.array(toolFileView),
  /** Of what was applied last and not undone. */
  applied: z.object({ atMs: z.int(), model: z.string() }).optional(),
  /** The key made for this tool, unless it was revoked. */
  key: accessKeyView.optional(),
  /** The last call that came with that key. */
  lastCall: z
    .object({ requestId: z.string(), atMs: z.int(), state: z.string(), model: z.string().optional() })
    .optional(),
});
export type ToolView = z.infer<typeof toolView>;

/** One of our entries. Keys are hidden: a value is KEY_PLACEHOLDER, or `(hidden)` where the file had another secret. */
export const plannedEntry = z.object({
  /** As people write it: `model_providers.gatehouse.base_url`. */
  path: z.string(),
  before: z.string().optional(),
  /** Left out: it goes away. */
  after: z.string().optional(),
});
export type PlannedEntry = z.infer<typeof plannedEntry>;

export const filePlan = z.object({
  path: z.string(),
  shownPath: z.string(),
  format: fileFormat,
  /** False: the file is made. */
  exists: z.boolean(),
  /** False: everything is there already. */
  changes: z.boolean(),
  /** Unified diff with three lines around, secrets hidden; '' without changes. */
  diff: z.string(),
  entries: z.array(plannedEntry),
  /** Where the link leads, when the path is one. */
  linkTarget: z.string().optional(),
});
export type FilePlan = z.infer<typeof filePlan>;

/** What comes after the file, for a person to do (restart the tool, choose the model). */
const nextSteps = z.array(z.string());

/** Where the key comes from. `tool`: made for this tool (an earlier one of its own is revoked then); `own`: the person's. */
export const keyChoice = z.discriminatedUnion('from', [
  z.object({ from: z.literal('tool') }),
  z.object({ from: z.literal('own'), secret: z.string().min(8).max(512) }),
]);

export const CHECK_NAMES = ['plain', 'stream', 'tool'] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

export const checkResult = z.object({
  type: z.literal('result'),
  check: z.enum(CHECK_NAMES),
  ok: z.boolean(),
  /** One sentence: what worked, or what the gateway said and what to do. */
  message: z.string(),
  status: z.int().optional(),
  /** The code of the gateway's error catalogue. */
  code: z.string().optional(),
  requestId: z.string().optional(),
  /** What served, as `provider/model`. */
  served: z.string().optional(),
  /** What the ledger charged; left out while or because nobody knows. */
  costNano: nanoUsd.optional(),
  durationMs: z.number(),
});
export type CheckResult = z.infer<typeof checkResult>;

/** start, then one `begin` and one `result` for each check, then done. */
export const checkEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    protocol: z.string(),
    baseUrl: z.string(),
    model: z.string(),
    /** Whose key: the one in the tool's file, the caller's, or one that lives for this check only. */
    key: z.enum(['file', 'given', 'ephemeral']),
  }),
  z.object({ type: z.literal('begin'), check: z.enum(CHECK_NAMES) }),
  checkResult,
  z.object({
    type: z.literal('done'),
    ok: z.boolean(),
    costNano: nanoUsd.optional(),
    /** One sentence for people: what works with this model and what does not. */
    message: z.string(),
  }),
]);
export type CheckEvent = z.infer<typeof checkEvent>;

const base = oc.errors({
  NOT_FOUND: { status: 404 },
  /** The file changed since the plan, or the key's name is taken. */
  CONFLICT: { status: 409 },
  /** The tool has no file, the model is not known, or the file has an unexpected shape; `message` says what to do. */
  BAD_REQUEST: { status: 400 },
  MANAGED: { status: 409 },
  /** The file could not be read or written. */
  UNAVAILABLE: { status: 503 },
});

/** Any name that a call may use. Left out: the one that was applied, else one that can be called now. */
const modelChoice = z
  .string()
  .regex(/^[^\s'"`$\\]{1,200}$/, 'a model’s name has no blanks, quotes, dollar signs or backslashes');

export const connectDesk = {
  list: base.input(z.object({ model: modelChoice.optional() })).output(
    z.object({
      tools: z.array(toolView),
      /** What texts name when no model is chosen. */
      defaultModel: z.string(),
      /** The address that most tools want. */
      baseUrl: z.string(),
    }),
  ),
  get: base.input(z.object({ tool: toolId, model: modelChoice.optional() })).output(toolView),
  /** What `apply` would change. Nothing is written, no key is made. */
  plan: base
    .input(z.object({ tool: toolId, model: modelChoice.optional() }))
    .output(z.object({ files: z.array(filePlan), model: z.string(), nextSteps })),
  /**
   * Edits the tool's files, with a backup of each. Applying what is there already changes nothing and makes no key.
   * `secret`: of the key that was made, this once.
   */
  apply: base
    .input(
      z.object({
        tool: toolId,
        model: modelChoice.optional(),
        key: keyChoice.default({ from: 'tool' }),
      }),
    )
    .output(
      z.object({
        tool: toolView,
        changed: z.boolean(),
        secret: z.string().optional(),
        /** Where the earlier bytes are kept; a file that is new has none. */
        backups: z.array(z.object({ path: z.string(), backup: z.string().optional() })),
        nextSteps,
      }),
    ),
  /**
   * Takes our entries out again. `exact`: the file has its earlier bytes; `entries`: it was edited since, so only our
   * entries went back to what they were. NOT_FOUND: nothing is applied.
   */
  undo: base.input(z.object({ tool: toolId })).output(
    z.object({
      tool: toolView,
      files: z.array(
        z.object({
          path: z.string(),
          restored: z.enum(['exact', 'entries', 'removed', 'gone']),
          /** Entries that somebody changed since: they were left as they are. */
          kept: z.array(z.string()),
        }),
      ),
      /** The id of the key that was made for the tool. */
      revokedKey: z.string().optional(),
    }),
  ),
  /** A key for the tool, shown once. An earlier one made for it is revoked, unless a file holds it (CONFLICT). */
  createKey: base.input(z.object({ tool: toolId })).output(z.object({ key: accessKeyView, secret: z.string() })),
  /**
   * Three small calls to our own address in the tool's protocol: plain, stream, tool call. They are ordinary calls: they
   * cost what they cost and show in the records. Stops when the caller does.
   */
  check: base
    .input(
      z.object({
        tool: toolId,
        model: modelChoice.optional(),
        /** Left out: the key in the tool's file; where there is none, one that lives for this check. */
        secret: z.string().min(8).max(512).optional(),
      }),
    )
    .output(eventIterator(checkEvent)),
};
