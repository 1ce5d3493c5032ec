/**
 * The playground of this window: its conversation, its settings and the runs under way. In memory only; it outlives its page,
 * so that a person can look elsewhere while an answer is written.
 */
import type { PlaygroundEvent } from '../../../../../proxy/contract/playground.ts';
import type { LiveState } from '../../../live/reduce-live.ts';
import { type CallSettings, callInput, NO_SETTINGS } from './call-settings.ts';
import {
  before,
  type Conversation,
  changeRun,
  type Lane,
  onlyLane,
  type Place,
  type Question,
  stepsOf,
  type Target,
  type ToolResult,
  withLane,
  withoutLane,
  withoutTurn,
  withResults,
  withRun,
  withTarget,
  withTurn,
} from './conversation.ts';
import { exampleTurn } from './example-turn.ts';
import { adoptTransfers } from './late-transfers.ts';
import type { LoadedPrompt } from './loaded-prompt.ts';
import { messagesFor } from './message-history.ts';
import { type Run, reduceRun } from './run-state.ts';
import { type PlaygroundRun, type RunParts, Runs } from './runs.ts';

export interface PlaygroundState {
  readonly conversation: Conversation;
  readonly settings: CallSettings;
  readonly draft: Question;
}

const EMPTY: Question = { text: '', images: [] };

export class PlaygroundStore {
  #state: PlaygroundState;
  #nextId = 1;
  readonly #runs: Runs;
  readonly #listeners = new Set<() => void>();

  constructor(parts: RunParts, targets: readonly Target[]) {
    this.#runs = new Runs(parts, {
      onEvents: (events) => this.#take(events),
      onEnd: (place, change) => this.#changeRun(place, change),
    });
    this.#state = {
      conversation: { lanes: targets.map((target) => this.#lane(target)), turns: [] },
      settings: NO_SETTINGS,
      draft: EMPTY,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly get = (): PlaygroundState => this.#state;

  draft(draft: Question): void {
    this.#set({ draft });
  }

  settings(change: Partial<CallSettings>): void {
    this.#set({ settings: { ...this.#state.settings, ...change } });
  }

  addLane(target: Target): void {
    this.#converse(withLane(this.#conversation, this.#lane(target)));
  }

  removeLane(laneId: number): void {
    this.#runs.stop((place) => place.laneId === laneId);
    this.#converse(withoutLane(this.#conversation, laneId));
  }

  /** Goes on with one lane alone. */
  keepLane(laneId: number): void {
    this.#runs.stop((place) => place.laneId !== laneId);
    this.#converse(onlyLane(this.#conversation, laneId));
  }

  target(laneId: number, target: Target): void {
    this.#converse(withTarget(this.#conversation, laneId, target));
  }

  /** A saved prompt takes the place of the conversation. */
  load({ system, examples, draft, target, parameters }: LoadedPrompt): void {
    this.clear();
    const { lanes } = this.#conversation;
    const turns = examples.map(({ question, answer }) =>
      exampleTurn(this.#nextId++, lanes, { text: question, images: [] }, answer),
    );
    this.#converse({
      lanes: target === undefined ? lanes : lanes.map((lane, index) => (index === 0 ? { ...lane, target } : lane)),
      turns,
    });
    const { settings } = this.#state;
    this.#set({ draft, settings: { ...settings, system, parameters: { ...settings.parameters, ...parameters } } });
  }

  /** Puts the draft to every lane at once. */
  send(): void {
    const { draft } = this.#state;
    this.draft(EMPTY);
    this.#ask(draft);
  }

  /** Puts another question in the place of an earlier one; what came after it is gone. */
  resend(turnId: number, question: Question): void {
    this.#runs.stop(() => true);
    this.#converse(before(this.#conversation, turnId));
    this.#ask(question);
  }

  /** Makes the last step of an answer again. */
  retry({ turnId, laneId }: Pick<Place, 'turnId' | 'laneId'>): void {
    const turn = this.#conversation.turns.find(({ id }) => id === turnId);
    if (turn === undefined) return;
    this.#start({ turnId, laneId, step: Math.max(stepsOf(turn, laneId).length - 1, 0) });
  }

  /** The person's word for the tools that the model called; the model goes on. */
  answerTools(place: Place, results: readonly ToolResult[]): void {
    this.#converse(withResults(this.#conversation, place, results));
    this.#start({ ...place, step: place.step + 1 });
  }

  stop(laneId?: number): void {
    this.#runs.stop((place) => laneId === undefined || place.laneId === laneId);
  }

  removeTurn(turnId: number): void {
    this.#runs.stop((place) => place.turnId === turnId);
    this.#converse(withoutTurn(this.#conversation, turnId));
  }

  clear(): void {
    this.#runs.stop(() => true);
    this.#converse({ ...this.#conversation, turns: [] });
  }

  /** A stopped call settles after its stream has ended; the live feed brings those entries. */
  adopt(live: LiveState | undefined): void {
    if (live === undefined) return;
    this.#converse(adoptTransfers(this.#conversation, live.transfers));
  }

  get #conversation(): Conversation {
    return this.#state.conversation;
  }

  #ask(question: Question): void {
    const turnId = this.#nextId++;
    this.#converse(withTurn(this.#conversation, { id: turnId, question, answers: new Map() }));
    for (const { id } of this.#conversation.lanes) this.#start({ turnId, laneId: id, step: 0 });
  }

  #start(place: Place): void {
    const { lanes, turns } = this.#conversation;
    const at = turns.findIndex(({ id }) => id === place.turnId);
    const turn = turns[at];
    const lane = lanes.find(({ id }) => id === place.laneId);
    if (turn === undefined || lane === undefined) return;
    const { settings } = this.#state;
    const steps = stepsOf(turn, lane.id).slice(0, place.step);
    const messages = messagesFor(lane.id, turns.slice(0, at), turn.question, steps, settings.system);
    const input = callInput(lane.target, settings, messages);
    this.#runs.stop((other) => other.turnId === place.turnId && other.laneId === place.laneId);
    this.#converse(withRun(this.#conversation, place, input));
    this.#runs.start(place, input);
  }

  #take(events: readonly (readonly [PlaygroundRun, PlaygroundEvent])[]): void {
    let conversation = this.#conversation;
    for (const [{ place }, event] of events) {
      conversation = changeRun(conversation, place, (run) => reduceRun(run, event));
    }
    this.#converse(conversation);
  }

  #changeRun(place: Place, change: (run: Run) => Run): void {
    this.#converse(changeRun(this.#conversation, place, change));
  }

  #lane(target: Target): Lane {
    return { id: this.#nextId++, target };
  }

  #converse(conversation: Conversation): void {
    if (conversation !== this.#conversation) this.#set({ conversation });
  }

  #set(change: Partial<PlaygroundState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
