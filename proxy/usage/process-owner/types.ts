/** Which program of this machine is behind a loopback connection. Its name only: arguments may hold secrets. */

export interface ProcessOwner {
  readonly pid: number;
  /** The executable's file name, e.g. `node`, `python3.12`, `Cursor`. */
  readonly program: string;
  /** What an interpreter runs, e.g. `agent.py` or `claude`: a file name without its folder. Left out where it is not plain. */
  readonly script?: string;
}

/** The client's end of a connection, as `net.Socket` has it. */
export interface ClientSocket {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localPort?: number | undefined;
}

/** Both ports of a loopback connection, and which kind of address the gateway sees: 4 also where the client's socket maps it into IPv6. */
export interface PortPair {
  readonly family: 4 | 6;
  readonly client: number;
  readonly gateway: number;
}

export interface ProcessLookup {
  /**
   * Asked once for each socket object; later calls get the same answer. Takes up to about a second: call it beside the
   * request, never before it. Undefined: not loopback, another user's, gone by now, too much asked at once, or not to be
   * found. Never rejects, never guesses.
   */
  ownerOf(socket: ClientSocket): Promise<ProcessOwner | undefined>;
}

/**
 * One way of finding it, for one operating system. The connection was there at `askedMs` (monotonic). May reject; that
 * counts as not found.
 */
export type FindOwner = (ports: PortPair, askedMs: number) => Promise<ProcessOwner | undefined>;

/** Runs a tool of the operating system without a shell and resolves with its standard output. */
export type RunTool = (file: string, args: readonly string[]) => Promise<string>;
