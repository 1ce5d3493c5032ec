import { IconArrowsSplit2 } from '@tabler/icons-react';
import { ListTab } from '../parts/ListTab.tsx';
import { VIRTUAL_MODELS } from '../parts/list-parts.ts';
import { MODE_WORDS } from '../parts/mode-words.ts';
import { VirtualModelForm } from './VirtualModelForm.tsx';

export function VirtualModelsTab() {
  return (
    <ListTab
      part={VIRTUAL_MODELS}
      title="Virtual models"
      text="Names of your own that tools can ask for. Each leads to one of its targets."
      empty={{
        icon: <IconArrowsSplit2 size={22} />,
        title: 'No virtual model yet',
        text: 'Make a name such as gatehouse/fast that leads to models of several providers. Change where it leads whenever you like; your tools keep asking for the same name.',
      }}
      words={({ mode, targets }) => (
        <>
          {mode === undefined ? 'In this order: ' : `${MODE_WORDS[mode].name} first of: `}
          <span className="mono">{targets.join(mode === undefined ? ' → ' : ', ')}</span>
        </>
      )}
      form={(props) => <VirtualModelForm {...props} />}
    />
  );
}
