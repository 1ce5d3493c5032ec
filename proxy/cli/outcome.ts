/** The exit code of a command that ran to its end; a command that could not throws instead. */
export interface Outcome {
  exitCode: number;
}
