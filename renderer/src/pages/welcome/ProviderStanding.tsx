import { Status } from '../../components/Status.tsx';
import { useProviderTest } from './use-provider-test.ts';

/** In a word: `good` is what it is while nothing speaks against it. */
export function ProviderStanding({ id, good }: { readonly id: string; readonly good: string }) {
  const test = useProviderTest(id);
  if (test.isFetching) return <Status tone="busy">Checking</Status>;
  if (test.isError || test.data?.ok === false) return <Status tone="bad">Does not work</Status>;
  return <Status tone="ok">{good}</Status>;
}
