/**
 * Looking for newer releases: never before the person said yes, then at start and once a day. A newer release is told of;
 * it is downloaded on a click only, checked against the feed's hash, and installed when the app quits.
 */
import type { UpdatesView } from '../../proxy/contract/desktop.ts';
import { messageOf } from '../log.ts';
import { plainNotes } from './plain-notes.ts';

/** What is used of the updater of `electron-updater`, which is not even loaded before it is needed. */
export interface Updater {
  /** Undefined: there is nothing newer. Rejects when the feed cannot be reached or does not hold. */
  look(): Promise<{ readonly version: string; readonly notes?: unknown } | undefined>;
  /** Rejects when it cannot be had, or is not what the feed says. From then on it is installed on quit. */
  download(progress: (percent: number) => void): Promise<void>;
}

export interface UpdatesParts {
  /** Why this copy cannot update itself; undefined: it can. */
  readonly whyUnavailable: string | undefined;
  readonly wanted: () => boolean;
  readonly load: () => Promise<Updater>;
  readonly nowMs: () => number;
  /** Runs `work` after `ms`; the function it gives back calls it off. */
  readonly after: (ms: number, work: () => void) => () => void;
  readonly changed: () => void;
  /** A newer release was found that this run has not told of yet. */
  readonly found: (version: string) => void;
}

export interface Updates {
  view(): UpdatesView;
  /** At start, and whenever the person changed their mind. */
  follow(): void;
  /** Now, on a person's click. Resolves when it is known. Rejects, in a person's words, where nothing may be looked for. */
  check(): Promise<void>;
  /** Resolves when it is there. Rejects where there is nothing to download. */
  download(): Promise<void>;
}

const CHECK_EVERY_MS = 24 * 3_600_000;
/** A timer stands still while the computer sleeps, so the day is looked at every hour. */
const LOOK_EVERY_MS = 3_600_000;

export function createUpdates(parts: UpdatesParts): Updates {
  let view: UpdatesView = atRest();
  let updater: Promise<Updater> | undefined;
  let callOff: (() => void) | undefined;
  let checkedAtMs: number | undefined;
  let told: string | undefined;

  function atRest(): UpdatesView {
    if (parts.whyUnavailable !== undefined) return { state: 'unavailable', why: parts.whyUnavailable };
    return parts.wanted() ? { state: 'idle' } : { state: 'off' };
  }
  function show(next: UpdatesView): void {
    view = next;
    parts.changed();
  }
  /** Something was found, is on its way or is there: switching off does not take it back. */
  const isHeld = (): boolean => ['available', 'downloading', 'ready'].includes(view.state);
  const load = (): Promise<Updater> => {
    updater ??= parts.load();
    return updater;
  };

  async function look(): Promise<void> {
    if (view.state === 'checking' || isHeld()) return;
    show({ state: 'checking' });
    try {
      const newer = await (await load()).look();
      checkedAtMs = parts.nowMs();
      if (!parts.wanted()) return show(atRest());
      if (newer === undefined) return show({ state: 'current', checkedAtMs });
      const notes = plainNotes(newer.notes);
      show({ state: 'available', version: newer.version, ...(notes === undefined ? {} : { notes }) });
      if (told === newer.version) return;
      told = newer.version;
      parts.found(newer.version);
    } catch (error) {
      checkedAtMs = parts.nowMs();
      show(parts.wanted() ? { state: 'failed', message: messageOf(error) } : atRest());
    }
  }

  function tick(): void {
    callOff?.();
    callOff = undefined;
    if (parts.whyUnavailable !== undefined || !parts.wanted()) return;
    callOff = parts.after(LOOK_EVERY_MS, tick);
    if (checkedAtMs === undefined || parts.nowMs() - checkedAtMs >= CHECK_EVERY_MS) void look();
  }

  return {
    view: () => view,
    follow() {
      if (!isHeld() && view.state !== 'checking') show(atRest());
      tick();
    },
    async check() {
      if (parts.whyUnavailable !== undefined) throw new Error(parts.whyUnavailable);
      if (!parts.wanted()) throw new Error('Updates are switched off; switch them on to look for one.');
      await look();
    },
    async download() {
      if (view.state !== 'available') throw new Error('There is no update to download.');
      const { version } = view;
      const found = view;
      show({ state: 'downloading', version, percent: 0 });
      try {
        const ready = await load();
        await ready.download((percent) => {
          const whole = Math.min(100, Math.max(0, Math.floor(percent)));
          if (view.state === 'downloading' && whole > view.percent) show({ ...view, percent: whole });
        });
        show({ state: 'ready', version });
      } catch (error) {
        show(found);
        throw new Error(`The update could not be downloaded: ${messageOf(error)}`);
      }
    },
  };
}
