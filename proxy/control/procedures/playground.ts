/** The playground: a chat call through the ordinary pipeline, told as events. */
import { control } from '../implementer.ts';
import { runPlayground } from '../playground/run-playground.ts';
import type { ControlParts } from '../types.ts';

export function playgroundProcedures(parts: ControlParts) {
  return {
    playground: {
      run: control.playground.run.handler(({ input, signal }) => runPlayground(parts, input, signal)),
    },
  };
}
