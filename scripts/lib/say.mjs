/**
 * One line for the person at the terminal. Always on stderr: stdout belongs to the program that is started.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** A failure of the set-up that is explained to the person; no stack trace helps them. */
export class SetupError extends Error {
  /** @param {string} message what happened and what to do */
  constructor(message) {
    super(message);
    this.name = 'SetupError';
  }
}

/**
 * Runs a script's main function; a SetupError is printed as a sentence, anything else with its stack.
 * @param {() => Promise<number>} main gives the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    say(error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}
