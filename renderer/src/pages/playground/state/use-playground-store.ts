import { useEffect } from 'react';
import type { Session } from '../../../app/session.ts';
import { useSession } from '../../../app/session-context.ts';
import { explainError } from '../../../format/explain-error.ts';
import { PlaygroundStore } from './playground-store.ts';
import { rememberedTargets, rememberTargets } from './remembered-targets.ts';

/** Often enough to look like writing, seldom enough for a long answer to stay cheap. */
const FLUSH_MS = 50;

const stores = new WeakMap<Session, PlaygroundStore>();

/** The playground of this window: the same one, whenever its page is opened. */
export function usePlaygroundStore(): PlaygroundStore {
  const session = useSession();
  const store = storeOf(session);
  useEffect(() => {
    store.adopt(session.live.get().live);
    return session.live.subscribe(() => store.adopt(session.live.get().live));
  }, [session, store]);
  useEffect(() => {
    let { lanes } = store.get().conversation;
    return store.subscribe(() => {
      const { conversation } = store.get();
      if (conversation.lanes === lanes) return;
      lanes = conversation.lanes;
      rememberTargets(
        localStorage,
        lanes.map(({ target }) => target),
      );
    });
  }, [store]);
  return store;
}

function storeOf(session: Session): PlaygroundStore {
  const known = stores.get(session);
  if (known !== undefined) return known;
  const made = new PlaygroundStore(
    {
      run: (input, signal) => session.client.playground.run(input, { signal }),
      explain: explainError,
      schedule: (flush) => setTimeout(flush, FLUSH_MS),
    },
    rememberedTargets(localStorage),
  );
  stores.set(session, made);
  return made;
}
