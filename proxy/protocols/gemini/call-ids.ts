/**
 * Ids for Gemini's calls, which had none before its third generation. Results are matched to calls by id where there is one,
 * else by name and order.
 */

/** What an id made here looks like; real ones, of Gemini and of everybody else, don't. */
const MADE = /^call_\d+$/;

export function isMadeCallId(id: string): boolean {
  return MADE.test(id);
}

interface OpenCall {
  readonly id: string;
  readonly name: string;
  answered: boolean;
}

/** The calls of one request's history. */
export class HistoryCalls {
  readonly #calls: OpenCall[] = [];
  readonly #taken = new Set<string>();
  #made = 0;

  /** `known`: ids that stand in the request, which no made one may equal. */
  constructor(known: Iterable<string>) {
    for (const id of known) this.#taken.add(id);
  }

  call(name: string, given: string | undefined): string {
    const id = given ?? this.#make();
    this.#calls.push({ id, name, answered: false });
    return id;
  }

  result(name: string | undefined, given: string | undefined): { readonly id: string; readonly name?: string } {
    const match = given === undefined ? this.#next(name) : this.#calls.find(({ id }) => id === given);
    if (match !== undefined) match.answered = true;
    const known = name ?? match?.name;
    return { id: given ?? match?.id ?? this.#make(), ...(known === undefined ? {} : { name: known }) };
  }

  #next(name: string | undefined): OpenCall | undefined {
    return this.#calls.find((call) => !call.answered && (name === undefined || call.name === name));
  }

  #make(): string {
    let id = `call_${this.#made++}`;
    while (this.#taken.has(id)) id = `call_${this.#made++}`;
    return id;
  }
}

const ID_LENGTH_MAX = 24;

/**
 * Ids for one answer's calls. The answer's own id is in them, because clients keep the calls of many answers in one history;
 * short, because OpenAI takes 40 characters at most.
 */
export class AnswerCallIds {
  #count = 0;
  readonly #taken = new Set<string>();

  of(given: string | undefined, answerId: string | undefined): string {
    if (given !== undefined && !this.#taken.has(given)) {
      this.#taken.add(given);
      return given;
    }
    const stem = (answerId ?? '').replace(/[^A-Za-z0-9_-]/g, '').slice(0, ID_LENGTH_MAX);
    const id = `call_${stem === '' ? '' : `${stem}_`}${this.#count++}`;
    this.#taken.add(id);
    return id;
  }
}
