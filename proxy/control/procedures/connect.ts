/** Connecting a tool, answered: its texts, the edit of its file, its key, and the live check. */
import { AccessKeyError } from '../../access-keys/errors.ts';
import { ConnectError } from '../../connect/errors.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

interface Refusals {
  NOT_FOUND(options: { message: string }): Error;
  CONFLICT(options: { message: string }): Error;
  BAD_REQUEST(options: { message: string }): Error;
  MANAGED(options: { message: string }): Error;
  UNAVAILABLE(options: { message: string }): Error;
}

export function connectProcedures({ connect }: ControlParts) {
  return {
    connect: {
      list: control.connect.list.handler(({ input }) => connect.list(input.model)),
      get: control.connect.get.handler(({ input }) => connect.get(input.tool, input.model)),
      plan: control.connect.plan.handler(({ input, errors }) =>
        plainly(errors, () => connect.plan(input.tool, input.model)),
      ),
      apply: control.connect.apply.handler(({ input: { tool, model, key }, errors }) =>
        plainly(errors, () => connect.apply(tool, { key, ...(model === undefined ? {} : { model }) })),
      ),
      undo: control.connect.undo.handler(({ input, errors }) => plainly(errors, () => connect.undo(input.tool))),
      createKey: control.connect.createKey.handler(({ input, errors }) =>
        plainly(errors, () => connect.createKey(input.tool)),
      ),
      check: control.connect.check.handler(({ input: { tool, model, secret }, signal, errors }) =>
        plainly(errors, () =>
          connect.check(tool, {
            signal,
            ...(model === undefined ? {} : { model }),
            ...(secret === undefined ? {} : { secret }),
          }),
        ),
      ),
    },
  };
}

async function plainly<T>(errors: Refusals, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConnectError) throw refusalOf(errors, error);
    if (error instanceof AccessKeyError) {
      const { message } = error;
      throw error.reason === 'managed'
        ? errors.MANAGED({ message: `${message} Or connect the tool with a key of your own.` })
        : errors.CONFLICT({ message });
    }
    throw error;
  }
}

function refusalOf(errors: Refusals, { reason, message }: ConnectError): Error {
  switch (reason) {
    case 'not_applied':
      return errors.NOT_FOUND({ message });
    case 'file_changed':
    case 'key_in_use':
      return errors.CONFLICT({ message });
    case 'no_file':
    case 'file_refused':
      return errors.BAD_REQUEST({ message });
    case 'file_failed':
      return errors.UNAVAILABLE({ message });
    default:
      return reason satisfies never;
  }
}
