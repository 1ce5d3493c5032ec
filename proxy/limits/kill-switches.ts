/**
 * The scoped kill switches: one provider, model, key or project is stopped while everything else goes on. A person flips
 * them at run time (kept across restarts); what a config holds down only the config lifts. The global one is kill-switch.ts.
 */
import { z } from 'zod';
import type { Config } from '../contract/config.ts';
import type { KilledScopeView } from '../contract/limits.ts';
import { GatehouseError } from '../core/errors.ts';
import { scopeInWords } from './scope-words.ts';

export interface KillStore {
  /** What was set, to be validated here. */
  get(): unknown;
  set(value: unknown): void;
}

export interface KillSubject {
  readonly accessKeyId?: string;
  readonly project?: string;
  /** Before a target is chosen both are left out. */
  readonly provider?: string;
  readonly model?: string;
}

export interface KillSwitches {
  /** Throws GatehouseError kill_switch, which names the scope and how to lift it, when the subject is stopped. */
  check(subject: KillSubject): void;
  /** The scope that stops this subject; undefined: it may go on. For aborting what is in flight. */
  stoppedBy(subject: KillSubject): KilledScopeView | undefined;
  /** For routing: a target that is stopped is never tried. */
  killed(target: { readonly provider: string; readonly model: string }): boolean;
  /** Stops a scope; false: a person has stopped it before. */
  kill(scope: string, nowMs: number): boolean;
  /** False: no person has stopped it. What the config holds down stays down. */
  lift(scope: string): boolean;
  setConfigured(killSwitch: Config['killSwitch']): void;
  view(): KilledScopeView[];
  /** Told of each scope that was stopped or let go. */
  onChange(listener: (scope: string, stopped: boolean) => void): () => void;
}

const stored = z.record(z.string(), z.int());

export function killedScopeError({ scope, by }: KilledScopeView): GatehouseError {
  const how =
    by === 'config'
      ? 'its config file holds it down (killSwitch); take it out there'
      : 'let it go again under Kill switches in the window';
  return new GatehouseError('kill_switch', `${scopeInWords(scope)} is stopped: ${how}`, { facts: { scope, by } });
}

/** Throws when what is stored is not what this file writes: guessing which scopes were stopped would let calls through. */
export function createKillSwitches(store: KillStore): KillSwitches {
  const bySelf = new Map(Object.entries(stored.parse(store.get() ?? {})));
  let byConfig: ReadonlySet<string> = new Set();
  const listeners = new Set<(scope: string, stopped: boolean) => void>();

  const isStopped = (scope: string): boolean => bySelf.has(scope) || byConfig.has(scope);
  const viewOf = (scope: string): KilledScopeView => {
    const sinceMs = bySelf.get(scope);
    const since = sinceMs === undefined ? {} : { sinceMs };
    return { scope, by: byConfig.has(scope) ? 'config' : 'person', ...since };
  };
  const tell = (scope: string, stopped: boolean): void => {
    for (const listener of [...listeners]) listener(scope, stopped);
  };
  const stoppedBy = (subject: KillSubject): KilledScopeView | undefined => {
    if (bySelf.size === 0 && byConfig.size === 0) return undefined;
    const scope = scopesOf(subject).find(isStopped);
    return scope === undefined ? undefined : viewOf(scope);
  };
  /** Written first: a switch that could not be kept has not been flipped. */
  const keep = (next: ReadonlyMap<string, number>): void => store.set(Object.fromEntries(next));

  return {
    stoppedBy,
    check(subject) {
      const by = stoppedBy(subject);
      if (by !== undefined) throw killedScopeError(by);
    },
    killed: (target) => stoppedBy(target) !== undefined,
    kill(scope, nowMs) {
      if (bySelf.has(scope)) return false;
      const before = isStopped(scope);
      keep(new Map([...bySelf, [scope, nowMs]]));
      bySelf.set(scope, nowMs);
      if (!before) tell(scope, true);
      return true;
    },
    lift(scope) {
      if (!bySelf.has(scope)) return false;
      keep(new Map([...bySelf].filter(([name]) => name !== scope)));
      bySelf.delete(scope);
      if (!isStopped(scope)) tell(scope, false);
      return true;
    },
    setConfigured(killSwitch) {
      const before = byConfig;
      byConfig = configuredScopes(killSwitch);
      for (const scope of byConfig) if (!before.has(scope) && !bySelf.has(scope)) tell(scope, true);
      for (const scope of before) if (!isStopped(scope)) tell(scope, false);
    },
    view: () => [...new Set([...byConfig, ...bySelf.keys()])].sort().map(viewOf),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function configuredScopes({ providers, models, keys, projects }: Config['killSwitch']): ReadonlySet<string> {
  return new Set([
    ...providers.map((id) => `provider:${id}`),
    ...models.map((ref) => `model:${ref}`),
    ...keys.map((id) => `key:${id}`),
    ...projects.map((id) => `project:${id}`),
  ]);
}

function scopesOf({ accessKeyId, project, provider, model }: KillSubject): string[] {
  return [
    ...(accessKeyId === undefined ? [] : [`key:${accessKeyId}`]),
    ...(project === undefined ? [] : [`project:${project}`]),
    ...(provider === undefined ? [] : [`provider:${provider}`]),
    ...(provider === undefined || model === undefined ? [] : [`model:${provider}/${model}`]),
  ];
}
