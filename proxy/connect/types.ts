/** Connecting a tool: what the control contract and the composition root see of this room. */
import type { AccessKeys } from '../access-keys/types.ts';
import type { CheckEvent, FileFormat, FilePlan, ToolId, ToolStep, ToolView } from '../contract/connect.ts';
import type { AccessKeyView, RequestView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';

/** The person's machine, as data: tests have one of their own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** HOME, PATH, XDG_CONFIG_HOME, CODEX_HOME and the like. */
  readonly env: NodeJS.ProcessEnv;
  /** Undefined: nobody says where it is, so no file of the person is read or written. */
  readonly home: string | undefined;
}

/** A step down: into the value of that name, or to the item of a list in which `where` is `is`. */
export type Step = string | { readonly where: string; readonly is: string };
export type EntryPath = readonly Step[];

/** What JSON, TOML and YAML can all say. */
export type EntryValue = string | number | boolean | readonly EntryValue[] | { readonly [key: string]: EntryValue };

/** One of our entries in a tool's file. `value` left out: it must not be there. */
export interface Entry {
  readonly path: EntryPath;
  readonly value?: EntryValue;
  /** Put in only where nothing is; what is there stays, whatever it says. */
  readonly ifMissing?: true;
}

/** A file that Gatehouse can edit for the person. */
export interface ToolFile {
  /** Absolute. */
  readonly path: string;
  readonly format: FileFormat;
  /** Other places where the tool reads the same: the first that is there is edited, else `path`. */
  readonly orElse?: readonly string[];
  /** A file that the tool stops reading once this one is there. */
  readonly hides?: string;
  /** In order of writing; texts may hold KEY_PLACEHOLDER, which becomes the access key. */
  readonly entries: readonly Entry[];
}

/** What a tool is told. */
export interface ToolContext {
  /** Without a slash at its end and without /v1. */
  readonly rootUrl: string;
  /** As a call to the gateway may name it. */
  readonly model: string;
  /** How much the model reads; left out where nobody knows. */
  readonly contextTokens?: number;
  readonly machine: Machine;
}

/** One tool: data and pure functions. */
export interface Tool {
  readonly id: ToolId;
  readonly name: string;
  readonly summary: string;
  readonly kind: ToolView['kind'];
  readonly homepage: string;
  readonly protocol: ToolView['protocol'];
  baseUrl(rootUrl: string): string;
  /** The model's name as this tool is told it; left out: as it is. */
  modelName?(model: string): string;
  /** The name that it then sends; left out: the model's own. */
  callModel?(model: string): string;
  /** Names of programs on the PATH, and folders that it makes; neither: nobody can tell whether it is installed. */
  readonly programs: readonly string[];
  folders(machine: Machine): readonly string[];
  env(context: ToolContext): readonly { readonly name: string; readonly value: string }[];
  /** Empty where the person does it by hand, and where the home folder is not known. */
  files(context: ToolContext): readonly ToolFile[];
  steps(context: ToolContext): readonly ToolStep[];
  notes(context: ToolContext): readonly string[];
  /** After the files were edited. */
  nextSteps(context: ToolContext): readonly string[];
}

export interface ConnectParts {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly machine: Machine;
  readonly accessKeys: AccessKeys;
  /** The gateway's address with /v1. */
  readonly baseUrl: () => string;
  /** A model that can be called now. */
  readonly defaultModel: () => Promise<string>;
  readonly contextTokensOf: (model: string) => number | undefined;
  /** The last call that came with this key, if it is among the recent ones. */
  readonly lastCallOf: (accessKeyId: string) => RequestView | undefined;
  /** Resolves when the request has ended; undefined when that took too long. */
  readonly requestEnded: (requestId: string, signal: AbortSignal) => Promise<RequestView | undefined>;
}

export type KeyChoice = { readonly from: 'tool' } | { readonly from: 'own'; readonly secret: string };

export interface Applied {
  readonly tool: ToolView;
  readonly changed: boolean;
  readonly secret?: string;
  readonly backups: { path: string; backup?: string }[];
  readonly nextSteps: string[];
}

export interface Undone {
  readonly tool: ToolView;
  readonly files: { path: string; restored: 'exact' | 'entries' | 'removed' | 'gone'; kept: string[] }[];
  readonly revokedKey?: string;
}

/** All reject with ConnectError, or with AccessKeyError where the key is the reason. */
export interface Connect {
  list(model?: string): Promise<{ tools: ToolView[]; defaultModel: string; baseUrl: string }>;
  get(tool: ToolId, model?: string): Promise<ToolView>;
  plan(tool: ToolId, model?: string): Promise<{ files: FilePlan[]; model: string; nextSteps: string[] }>;
  apply(tool: ToolId, options: { readonly model?: string; readonly key: KeyChoice }): Promise<Applied>;
  undo(tool: ToolId): Promise<Undone>;
  createKey(tool: ToolId): Promise<{ key: AccessKeyView; secret: string }>;
  /** Rejects before the first call; what a call comes to is an event. */
  check(
    tool: ToolId,
    options: { readonly model?: string; readonly secret?: string; readonly signal: AbortSignal | undefined },
  ): Promise<AsyncGenerator<CheckEvent>>;
}
