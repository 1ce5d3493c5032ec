/**
 * Where budget windows begin and end in an IANA time zone. The windows of a kind cut the time line without gap or
 * overlap, whatever a zone does with its clocks:
 * - day, week (from Monday) and month begin at the first instant at which the wall clock reaches midnight or passes it.
 *   So a day has 23 or 25 hours where clocks change, begins at 01:00 where they change at midnight, and a day that a
 *   zone skips (Samoa, 30 December 2011) has no window. Once begun, a day is not left when clocks go back over midnight.
 * - an hour is an hour of elapsed time on the wall clock's grid: the hour that clocks repeat is two windows. Only a
 *   change by part of an hour (Lord Howe) cuts an hour short.
 * - total begins in 1970 and never ends.
 */
import type { BudgetWindow } from '../contract/config.ts';
import { firstChange, type OffsetMs, zoneOffset } from './zone-offset.ts';

export interface WindowBounds {
  readonly startMs: number;
  /** Undefined for `total`. */
  readonly endMs: number | undefined;
}

export interface Calendar {
  readonly timeZone: string;
  /** The window of this kind that holds the instant: startMs <= atMs < endMs. */
  bounds(kind: BudgetWindow, atMs: number): WindowBounds;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No zone was ever further from UTC than this. */
const OFFSET_MS_MAX = 16 * HOUR_MS;
const SCAN_STEP_MS = 3 * HOUR_MS;
const TOTAL: WindowBounds = { startMs: 0, endMs: undefined };
/** Windows remembered per kind: the present one, and a few for attempts that began before its start. */
const REMEMBERED = 4;
const CALENDARS_MAX = 64;

const calendars = new Map<string, Calendar>();

export function windowStartMs(kind: BudgetWindow, atMs: number, timeZone: string): number {
  return calendarOf(timeZone).bounds(kind, atMs).startMs;
}

/** Undefined for `total`. */
export function windowEndMs(kind: BudgetWindow, atMs: number, timeZone: string): number | undefined {
  return calendarOf(timeZone).bounds(kind, atMs).endMs;
}

/** The calendar of a zone, made once. Throws RangeError for a zone this platform does not know. */
export function calendarOf(timeZone: string): Calendar {
  const known = calendars.get(timeZone);
  if (known !== undefined) return known;
  if (calendars.size >= CALENDARS_MAX) calendars.clear();
  const made = createCalendar(timeZone);
  calendars.set(timeZone, made);
  return made;
}

function createCalendar(timeZone: string): Calendar {
  const offset = zoneOffset(timeZone);
  const remembered = new Map<BudgetWindow, WindowBounds[]>();
  return {
    timeZone,
    bounds(kind, atMs) {
      if (kind === 'total') return TOTAL;
      const recent = remembered.get(kind) ?? [];
      for (const bounds of recent) if (bounds.startMs <= atMs && atMs < (bounds.endMs ?? 0)) return bounds;
      const found = kind === 'hour' ? hourBounds(offset, atMs) : dateBounds(offset, kind, atMs);
      remembered.set(kind, [found, ...recent].slice(0, REMEMBERED));
      return found;
    },
  };
}

function hourBounds(offset: OffsetMs, atMs: number): WindowBounds {
  const phase: OffsetMs = (instant) => modulo(offset(instant), HOUR_MS);
  const gridStart = atMs - modulo(atMs + offset(atMs), HOUR_MS);
  const gridEnd = gridStart + HOUR_MS;
  const here = phase(atMs);
  return {
    startMs: phase(gridStart) === here ? gridStart : firstChange(phase, gridStart, atMs),
    endMs: phase(gridEnd - 1) === here ? gridEnd : firstChange(phase, atMs, gridEnd - 1),
  };
}

type DateKind = 'day' | 'week' | 'month';

function dateBounds(offset: OffsetMs, kind: DateKind, atMs: number): WindowBounds {
  let label = floorLabel(kind, atMs + offset(atMs));
  let startMs = firstInstantAt(offset, label);
  for (;;) {
    const next = nextLabel(kind, label);
    const endMs = firstInstantAt(offset, next);
    if (atMs < endMs) return { startMs, endMs };
    label = next;
    startMs = endMs;
  }
}

/** Midnight on the wall clock at which the window's label begins, as if UTC. */
function floorLabel(kind: DateKind, wallMs: number): number {
  const midnight = wallMs - modulo(wallMs, DAY_MS);
  const date = new Date(midnight);
  switch (kind) {
    case 'day':
      return midnight;
    case 'week':
      return midnight - modulo(date.getUTCDay() - 1, 7) * DAY_MS;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
}

function nextLabel(kind: DateKind, label: number): number {
  const date = new Date(label);
  switch (kind) {
    case 'day':
      return label + DAY_MS;
    case 'week':
      return label + 7 * DAY_MS;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  }
}

/** The first instant at which the wall clock shows `wallMs` or later, looking at each stretch of constant offset in turn. */
function firstInstantAt(offset: OffsetMs, wallMs: number): number {
  let from = wallMs - OFFSET_MS_MAX;
  const last = wallMs + OFFSET_MS_MAX;
  while (from < last) {
    const here = offset(from);
    let until = from;
    while (until < last && offset(until) === here) until += SCAN_STEP_MS;
    const stretchEnd = offset(until) === here ? until : firstChange(offset, until - SCAN_STEP_MS, until);
    const reached = Math.max(from, wallMs - here);
    if (reached < stretchEnd) return reached;
    from = stretchEnd;
  }
  return last;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
