import { useState } from 'react';
import { z } from 'zod';
import { schemaProblems } from '../../../config-edit/config-problems.ts';
import { ItemForm } from '../parts/ItemForm.tsx';
import type { ItemFormProps } from '../parts/ListTab.tsx';
import { FALLBACKS, type FallbackChain, pathOf } from '../parts/list-parts.ts';
import { NameInput } from '../parts/NameInput.tsx';
import { linesOf, namesOf } from '../parts/named-lines.ts';
import { OrderedNames } from '../parts/OrderedNames.tsx';
import { problemsAt } from '../parts/problems-at.ts';
import { useItemProblems } from '../parts/use-item-problems.ts';
import { useListEditor } from '../parts/use-list-editor.ts';

const chain = z.object({
  name: z.string().min(1, 'name the model that fails'),
  targets: z.array(z.string().min(1, 'name a model, or remove this line')),
});

export function FallbackForm({ seen, config, onDone }: ItemFormProps<FallbackChain>) {
  const [name, setName] = useState(seen?.name ?? '');
  const [lines, setLines] = useState(linesOf(seen?.targets ?? []));
  const { editor, put } = useListEditor(FALLBACKS, onDone);
  const next = { name: name.trim(), targets: namesOf(lines) };
  const taken = next.name !== seen?.name && FALLBACKS.list(config).some((each) => each.name === next.name);
  const own = {
    ...schemaProblems(chain, next),
    ...(taken ? { name: 'There is a chain for this model already' } : {}),
  };
  const problems = useItemProblems(own, editor.trouble, (attempted) => pathOf(FALLBACKS, attempted, next));
  return (
    <ItemForm
      editor={editor}
      verb={seen === undefined ? 'Add fallback chain' : 'Save'}
      others={problems.others}
      onSubmit={() => problems.ready() && put(seen, next)}
      onCancel={onDone}
    >
      <NameInput
        kind="askable"
        label="When this fails"
        description="A name that tools ask for, or a provider's model"
        value={name}
        error={problems.fields.name}
        autoFocus
        onChange={setName}
      />
      <OrderedNames
        legend="These step in"
        text="In this order. What a call cannot use (too small a context, no tools) is passed over."
        kind="askable"
        lines={lines}
        problems={targetProblems(problems.fields)}
        onLines={setLines}
      />
    </ItemForm>
  );
}

/** In the config the chain is the list itself, so the gateway names the place without `targets`. */
function targetProblems(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const reported = Object.entries(fields).filter(([field]) => /^\d+$/.test(field));
  return { ...problemsAt(fields, 'targets'), ...Object.fromEntries(reported) };
}
