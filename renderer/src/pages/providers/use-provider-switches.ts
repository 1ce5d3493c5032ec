import { useEditConfig } from '../../config-edit/use-edit-config.tsx';
import { useTroubleToast } from '../../config-edit/use-trouble-toast.ts';
import type { ProviderView } from '../../contract-views.ts';
import { editProvider, withPrefer } from './edit-provider.ts';

interface ProviderSwitches {
  /** Switches it on or off. */
  readonly toggle: () => void;
  readonly prefer: (prefer: boolean) => void;
}

/** What a person changes of a provider while calls run, keeping everything else of its config as it is. */
export function useProviderSwitches(provider: ProviderView): ProviderSwitches {
  const editor = useEditConfig();
  useTroubleToast(editor);
  const { id, enabled } = provider;
  return {
    toggle: () =>
      editor.save(
        {
          note: `provider ${id} switched ${enabled ? 'off' : 'on'}`,
          change: editProvider(provider, (config) => ({ ...config, enabled: !enabled })),
        },
        enabled
          ? `${id} is switched off: no new call goes there. What is under way is finished.`
          : `${id} is switched on.`,
      ),
    prefer: (prefer) =>
      editor.save(
        {
          note: prefer ? `provider ${id} preferred` : `provider ${id} not preferred`,
          change: editProvider(provider, (config) => withPrefer(config, prefer)),
        },
        prefer
          ? `${id} is preferred: it is chosen before others that are about as good.`
          : `${id} is not preferred any more.`,
      ),
  };
}
