import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { type VirtualModelConfig, virtualModelConfig } from '../../../../../proxy/contract/config.ts';
import { schemaProblems } from '../../../config-edit/config-problems.ts';
import { ItemForm } from '../parts/ItemForm.tsx';
import type { ItemFormProps } from '../parts/ListTab.tsx';
import { pathOf, VIRTUAL_MODELS } from '../parts/list-parts.ts';
import { ModeSelect } from '../parts/ModeSelect.tsx';
import { linesOf, namesOf } from '../parts/named-lines.ts';
import { OrderedNames } from '../parts/OrderedNames.tsx';
import { problemsAt } from '../parts/problems-at.ts';
import { useItemProblems } from '../parts/use-item-problems.ts';
import { useListEditor } from '../parts/use-list-editor.ts';

export function VirtualModelForm({ seen, config, onDone }: ItemFormProps<VirtualModelConfig>) {
  const [id, setId] = useState(seen?.id ?? 'gatehouse/');
  const [mode, setMode] = useState(seen?.mode);
  const [lines, setLines] = useState(linesOf(seen?.targets ?? []));
  const { editor, put } = useListEditor(VIRTUAL_MODELS, onDone);
  const next = { id: id.trim(), ...(mode === undefined ? {} : { mode }), targets: namesOf(lines) };
  const taken = config.virtualModels.some((model) => model.id === next.id) && next.id !== seen?.id;
  const own = {
    ...schemaProblems(virtualModelConfig, next),
    ...(taken ? { id: 'A virtual model of this name exists already' } : {}),
  };
  const problems = useItemProblems(own, editor.trouble, (attempted) => pathOf(VIRTUAL_MODELS, attempted, next));
  return (
    <ItemForm
      editor={editor}
      verb={seen === undefined ? 'Add virtual model' : 'Save'}
      others={problems.others}
      onSubmit={() => problems.ready() && put(seen, next)}
      onCancel={onDone}
    >
      <TextInput
        label="Name"
        description="What a tool asks for as its model"
        value={id}
        error={problems.fields.id}
        data-autofocus
        onChange={(event) => setId(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <ModeSelect
        label="Order of the targets"
        none="As they are written"
        value={mode}
        onChange={setMode}
        description={
          mode === undefined
            ? 'The first is asked; the next steps in when it fails'
            : 'The best by this mode is asked; the next best steps in when it fails'
        }
      />
      <OrderedNames
        legend="Targets"
        text="A model of a provider, or another virtual model."
        kind="target"
        lines={lines}
        problems={problemsAt(problems.fields, 'targets')}
        onLines={setLines}
      />
    </ItemForm>
  );
}
