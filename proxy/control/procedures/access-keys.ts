/** Access keys: made, listed, limited, revoked. The secret leaves once, in the answer to `create`. */
import { AccessKeyError } from '../../access-keys/errors.ts';
import type { KeyRights } from '../../contract/config.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

interface KeyErrors {
  NOT_FOUND(options: { message: string }): Error;
  CONFLICT(options: { message: string }): Error;
  MANAGED(options: { message: string }): Error;
  BAD_REQUEST(options: { message: string }): Error;
}

export function accessKeyProcedures({ accessKeys }: ControlParts) {
  return {
    accessKeys: {
      list: control.accessKeys.list.handler(() => accessKeys.list()),
      create: control.accessKeys.create.handler(({ input, errors }) =>
        plainly(errors, () =>
          accessKeys.create({
            id: input.id,
            ...described(input),
            ...(input.ephemeral === undefined ? {} : { ephemeral: input.ephemeral }),
          }),
        ),
      ),
      update: control.accessKeys.update.handler(({ input, errors }) =>
        plainly(errors, () => accessKeys.update(input.id, described(input))),
      ),
      revoke: control.accessKeys.revoke.handler(({ input, errors }) =>
        plainly(errors, () => accessKeys.revoke(input.id)),
      ),
    },
  };
}

function described({ project, policy }: { project?: string | undefined; policy?: KeyRights | undefined }) {
  return { ...(project === undefined ? {} : { project }), ...(policy === undefined ? {} : { policy }) };
}

function plainly<T>(errors: KeyErrors, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AccessKeyError)) throw error;
    const { message } = error;
    switch (error.reason) {
      case 'id_taken':
        throw errors.CONFLICT({ message });
      case 'not_found':
        throw errors.NOT_FOUND({ message });
      case 'managed':
        throw errors.MANAGED({ message });
      default:
        throw errors.BAD_REQUEST({ message });
    }
  }
}
