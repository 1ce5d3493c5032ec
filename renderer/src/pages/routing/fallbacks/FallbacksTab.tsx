import { IconArrowForwardUp } from '@tabler/icons-react';
import { ListTab } from '../parts/ListTab.tsx';
import { FALLBACKS } from '../parts/list-parts.ts';
import { FallbackForm } from './FallbackForm.tsx';

export function FallbacksTab() {
  return (
    <ListTab
      part={FALLBACKS}
      title="Fallback chains"
      text="Who steps in for a model that fails, before any other stand-in."
      empty={{
        icon: <IconArrowForwardUp size={22} />,
        title: 'No fallback chain yet',
        text: 'Say who steps in when a model fails. Without a chain, the same model at another provider does, then one of the same tier.',
      }}
      words={({ targets }) => (
        <>
          then <span className="mono">{targets.join(' → ')}</span>
        </>
      )}
      form={(props) => <FallbackForm {...props} />}
    />
  );
}
