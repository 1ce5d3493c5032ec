import { describe, expect, it } from 'vitest';
import { plainNotes } from '../../../electron/updates/plain-notes.ts';
import { createUpdates, type Updater } from '../../../electron/updates/updates.ts';
import { ManualTime } from '../../support/manual-time.ts';

const HOUR_MS = 3_600_000;

interface Feed {
  newest?: { version: string; notes?: unknown };
  broken?: string;
}

/** A feed that answers when it is asked; `settled` waits for what was begun. */
function bench(options: { wanted?: boolean; whyUnavailable?: string; feed?: Feed } = {}) {
  const time = new ManualTime();
  const feed: Feed = options.feed ?? {};
  let wanted = options.wanted ?? false;
  const seen = { loads: 0, looks: 0, downloads: 0, found: [] as string[], states: [] as string[] };
  let progress: (percent: number) => void = () => undefined;
  let downloaded = Promise.withResolvers<void>();
  const updater: Updater = {
    async look() {
      seen.looks += 1;
      if (feed.broken !== undefined) throw new Error(feed.broken);
      return feed.newest;
    },
    async download(onProgress) {
      seen.downloads += 1;
      progress = onProgress;
      downloaded = Promise.withResolvers<void>();
      await downloaded.promise;
    },
  };
  const updates = createUpdates({
    whyUnavailable: options.whyUnavailable,
    wanted: () => wanted,
    load: async () => {
      seen.loads += 1;
      return updater;
    },
    nowMs: time.clock.nowMs,
    after: time.timer.after,
    changed: () => seen.states.push(updates.view().state),
    found: (version) => seen.found.push(version),
  });
  return {
    updates,
    seen,
    time,
    feed,
    want(next: boolean) {
      wanted = next;
      updates.follow();
    },
    progress: (percent: number) => progress(percent),
    arrives: () => downloaded.resolve(),
    breaks: (why: string) => downloaded.reject(new Error(why)),
    settled: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
}

describe('updates', () => {
  it('before the person said yes nothing is even loaded, however long it runs', async () => {
    const { updates, seen, time, settled } = bench();
    updates.follow();
    time.advance(72 * HOUR_MS);
    await settled();
    expect(seen).toMatchObject({ loads: 0, looks: 0 });
    expect(updates.view()).toEqual({ state: 'off' });
    await expect(updates.check()).rejects.toThrow('switched off');
    expect(seen.looks).toBe(0);
  });

  it('looks at start and once a day, told once of each release', async () => {
    const { updates, seen, time, feed, settled } = bench({ wanted: true });
    updates.follow();
    await settled();
    expect(updates.view()).toEqual({ state: 'current', checkedAtMs: time.clock.nowMs() });
    time.advance(23 * HOUR_MS);
    await settled();
    expect(seen.looks).toBe(1);
    feed.newest = { version: '0.2.0', notes: '<p>Calm</p>' };
    time.advance(HOUR_MS);
    await settled();
    expect(seen).toMatchObject({ looks: 2, found: ['0.2.0'], downloads: 0 });
    expect(updates.view()).toEqual({ state: 'available', version: '0.2.0', notes: 'Calm' });
    time.advance(48 * HOUR_MS);
    await settled();
    expect(seen, 'it is found already').toMatchObject({ looks: 2, found: ['0.2.0'] });
  });

  it('catches up after a sleep: the wall clock says that a day is over', async () => {
    const { updates, seen, time, settled } = bench({ wanted: true });
    updates.follow();
    await settled();
    time.setWallClockBack(-30 * HOUR_MS);
    updates.follow();
    await settled();
    expect(seen.looks).toBe(2);
  });

  it('switched off it stops; what is on its way at that moment is not shown', async () => {
    const { updates, seen, time, feed, want, settled } = bench({ wanted: true });
    feed.newest = { version: '0.2.0' };
    updates.follow();
    want(false);
    await settled();
    expect(updates.view()).toEqual({ state: 'off' });
    expect(seen.found).toEqual([]);
    time.advance(72 * HOUR_MS);
    await settled();
    expect(seen.looks).toBe(1);
  });

  it('downloads on a click only, with its progress, and keeps what is there', async () => {
    const { updates, seen, feed, progress, arrives, want, settled } = bench({ wanted: true });
    await expect(updates.download()).rejects.toThrow('no update');
    feed.newest = { version: '0.2.0' };
    updates.follow();
    await settled();
    const done = updates.download();
    await settled();
    progress(41.9);
    progress(12);
    expect(updates.view()).toEqual({ state: 'downloading', version: '0.2.0', percent: 41 });
    arrives();
    await done;
    expect(updates.view()).toEqual({ state: 'ready', version: '0.2.0' });
    want(false);
    expect(updates.view()).toEqual({ state: 'ready', version: '0.2.0' });
    await expect(updates.download()).rejects.toThrow('no update');
    expect(seen.downloads).toBe(1);
  });

  it('a download that breaks is said and can be tried again', async () => {
    const { updates, feed, breaks, settled } = bench({ wanted: true });
    feed.newest = { version: '0.2.0' };
    updates.follow();
    await settled();
    const done = updates.download();
    await settled();
    breaks('sha512 checksum mismatch');
    await expect(done).rejects.toThrow('The update could not be downloaded: sha512 checksum mismatch');
    expect(updates.view()).toEqual({ state: 'available', version: '0.2.0' });
  });

  it('a feed that cannot be reached is said, and asked again tomorrow or on a click', async () => {
    const { updates, seen, time, feed, settled } = bench({ wanted: true, feed: { broken: 'net::ERR_FAILED' } });
    updates.follow();
    await settled();
    expect(updates.view()).toEqual({ state: 'failed', message: 'net::ERR_FAILED' });
    time.advance(12 * HOUR_MS);
    await settled();
    expect(seen.looks).toBe(1);
    delete feed.broken;
    await updates.check();
    expect(updates.view()).toMatchObject({ state: 'current' });
  });

  it('a copy that cannot update itself says why, and never asks', async () => {
    const { updates, seen, time, settled } = bench({ wanted: true, whyUnavailable: 'from its source' });
    updates.follow();
    time.advance(48 * HOUR_MS);
    await settled();
    expect(updates.view()).toEqual({ state: 'unavailable', why: 'from its source' });
    await expect(updates.check()).rejects.toThrow('from its source');
    expect(seen.loads).toBe(0);
  });
});

describe('release notes', () => {
  it.each<[unknown, string | undefined]>([
    [undefined, undefined],
    ['  ', undefined],
    ['Plain text, 1 < 2', 'Plain text, 1 < 2'],
    ['<h2>New</h2><ul><li>One</li><li>Two &amp; three</li></ul>', 'New\n- One\n- Two & three'],
    ['<script>alert(1)</script>Text', 'alert(1)Text'],
    [
      [
        { version: '0.2.0', note: '<p>B</p>' },
        { version: '0.1.1', note: null },
      ],
      '0.2.0\nB\n\n0.1.1',
    ],
    [{ html: 1 }, undefined],
  ])('%j', (notes, text) => {
    expect(plainNotes(notes)).toBe(text);
  });

  it('are cut to a readable length', () => {
    expect(plainNotes('x'.repeat(5_000))).toHaveLength(2_000);
  });
});
