/**
 * The desktop app around this page: its settings, its updates, and the places it leads to. Questions go out and answers come
 * back through the preload script; the web console has no such app around it.
 */
import {
  type DesktopAsk,
  type DesktopView,
  desktopAnswer,
  desktopView,
  type Place,
  place,
} from '../../../proxy/contract/desktop.ts';

const ASK = 'gatehouse:desktop-ask';
const ANSWER = 'gatehouse:desktop-answer';
const VIEW = 'gatehouse:desktop-view';
const PLACE = 'gatehouse:place';

export interface Desktop {
  /** Undefined until the app has told. */
  view(): DesktopView | undefined;
  /** Where the app wants the page to go, until it has gone there. */
  place(): Place | undefined;
  subscribe(listener: () => void): () => void;
  /** Rejects, in the app's words, when it could not be done. */
  ask(ask: DesktopAsk): Promise<DesktopView>;
  arrived(place: Place): void;
}

/** Undefined in the web console. */
export function findDesktop(host: Window): Desktop | undefined {
  return host.gatehouseHost === 'desktop' ? createDesktop(host) : undefined;
}

export function createDesktop(host: Window): Desktop {
  const listeners = new Set<() => void>();
  const waiting = new Map<number, PromiseWithResolvers<DesktopView>>();
  let view: DesktopView | undefined;
  let goingTo: Place | undefined;
  let lastId = 0;

  const tell = () => {
    for (const listener of listeners) listener();
  };
  const show = (next: DesktopView) => {
    view = next;
    tell();
  };

  host.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== host) return;
    const { type, answer, view: changed, place: asked } = fieldsOf(event.data);
    if (type === ANSWER) settle(answer);
    if (type === VIEW) show(desktopView.parse(changed));
    if (type === PLACE) {
      goingTo = place.parse(asked);
      tell();
    }
  });

  function settle(answer: unknown): void {
    const parsed = desktopAnswer.parse(answer);
    const waiter = waiting.get(parsed.id);
    waiting.delete(parsed.id);
    if (!parsed.ok) {
      waiter?.reject(new Error(parsed.message));
      return;
    }
    show(parsed.view);
    waiter?.resolve(parsed.view);
  }

  return {
    view: () => view,
    place: () => goingTo,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask(ask) {
      lastId += 1;
      const waiter = Promise.withResolvers<DesktopView>();
      waiting.set(lastId, waiter);
      host.postMessage({ type: ASK, question: { id: lastId, ask } }, host.origin === 'null' ? '*' : host.origin);
      return waiter.promise;
    },
    arrived(at) {
      if (goingTo !== at) return;
      goingTo = undefined;
      tell();
    },
  };
}

function fieldsOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
}
