/** What the person sets for every call of the conversation, and how it goes into a call. Pure. */
import type {
  AnswerFormat,
  PlaygroundInput,
  PlaygroundMessage,
  PlaygroundParameters,
  PlaygroundTool,
} from '../../../../../proxy/contract/playground.ts';
import type { Target } from './conversation.ts';

/** A tool of the playground; nothing is really run, the person answers for it. */
export interface PlayTool extends PlaygroundTool {
  /** What its answer is filled in with. */
  readonly cannedResult: string | undefined;
}

export interface CallSettings {
  readonly system: string;
  readonly parameters: PlaygroundParameters;
  readonly tools: readonly PlayTool[];
  readonly toolChoice: PlaygroundInput['toolChoice'];
  /** Undefined: text. */
  readonly answerFormat: AnswerFormat | undefined;
  readonly project: string | undefined;
}

export const NO_SETTINGS: CallSettings = {
  system: '',
  parameters: {},
  tools: [],
  toolChoice: undefined,
  answerFormat: undefined,
  project: undefined,
};

export function callInput(
  target: Target,
  settings: CallSettings,
  messages: readonly PlaygroundMessage[],
): PlaygroundInput {
  const { parameters, tools, toolChoice, answerFormat, project } = settings;
  return {
    model: target.model,
    ...(target.mode === undefined ? {} : { mode: target.mode }),
    ...(project === undefined ? {} : { project }),
    ...known(parameters),
    messages: [...messages],
    ...(tools.length === 0 ? {} : { tools: tools.map(toolOf) }),
    ...(tools.length === 0 || toolChoice === undefined ? {} : { toolChoice }),
    ...(answerFormat === undefined ? {} : { answerFormat }),
  };
}

/** How many of the settings differ from "not sent". */
export function settingsCount(settings: CallSettings): number {
  const { system, parameters, tools, answerFormat, project } = settings;
  return [
    system.trim() !== '',
    ...Object.values(parameters).map((value) => value !== undefined),
    tools.length > 0,
    answerFormat !== undefined,
    project !== undefined,
  ].filter((set) => set).length;
}

function toolOf({ name, description, parameters }: PlayTool): PlaygroundTool {
  return { name, ...(description === undefined ? {} : { description }), parameters };
}

function known<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
