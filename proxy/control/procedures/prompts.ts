/** Saved prompts: kept because a person asked for it, and gone when the person says so. */
import type { PromptView } from '../../contract/prompts.ts';
import { exportPrompts } from '../../prompts/export-prompts.ts';
import { LabelTaken } from '../../prompts/label-taken.ts';
import { control } from '../implementer.ts';
import type { ControlParts } from '../types.ts';

interface NotFound {
  NOT_FOUND(options: { message: string }): Error;
}

export function promptProcedures({ savedPrompts }: ControlParts) {
  function promptOf(id: string, errors: NotFound): PromptView {
    const prompt = savedPrompts.get(id);
    if (prompt === undefined) throw noSuchPrompt(id, errors);
    return prompt;
  }
  return {
    prompts: {
      list: control.prompts.list.handler(() => savedPrompts.list()),
      get: control.prompts.get.handler(({ input, errors }) => promptOf(input.id, errors)),
      save: control.prompts.save.handler(({ input, errors }) => {
        try {
          return savedPrompts.save(input);
        } catch (error) {
          if (error instanceof LabelTaken) throw errors.CONFLICT({ message: error.message });
          throw error;
        }
      }),
      remove: control.prompts.remove.handler(({ input, errors }) => {
        if (!savedPrompts.remove(input.id)) throw noSuchPrompt(input.id, errors);
        return { removed: true as const };
      }),
      export: control.prompts.export.handler(({ input, errors }) => {
        const ids = input.id === undefined ? savedPrompts.list().map(({ id }) => id) : [input.id];
        return { json: exportPrompts(ids.map((id) => promptOf(id, errors))) };
      }),
    },
  };
}

function noSuchPrompt(id: string, errors: NotFound): Error {
  return errors.NOT_FOUND({ message: `There is no saved prompt "${id}".` });
}
