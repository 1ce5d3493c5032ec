/** What the control contract is answered with. Plain parts, handed in by the composition root. */
import type { AccessKeys } from '../access-keys/types.ts';
import type { AlertBook } from '../alerts/types.ts';
import type { Connect } from '../connect/types.ts';
import type { Config } from '../contract/config.ts';
import type { ConfigVersionView, GatewayView, KeychainView } from '../contract/views.ts';
import type { Clock } from '../core/clock.ts';
import type { Credentials } from '../credentials/types.ts';
import type { LocalServer } from '../discovery/types.ts';
import type { Reconciler } from '../ledger/reconcile/reconciler.ts';
import type { Ledger } from '../ledger/types.ts';
import type { Approvals } from '../limits/ask.ts';
import type { KillSwitch } from '../limits/kill-switch.ts';
import type { KillSwitches } from '../limits/kill-switches.ts';
import type { ActiveConfig } from '../pipeline/active-config.ts';
import type { RequestFeed } from '../pipeline/feed.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { SavedPrompts } from '../prompts/types.ts';
import type { ModelRefresher } from '../providers/refresh-models.ts';
import type { BreakerBook } from '../routing/breaker-book.ts';
import type { CredentialBook } from '../routing/credential-book.ts';
import type { HealthBook } from '../routing/health.ts';
import type { LatencyBook } from '../routing/latency.ts';
import type { StateStore } from '../storage/state-store.ts';
import type { Storage } from '../storage/types.ts';
import type { UsageStore } from '../usage/types.ts';
import type { UsageReport } from '../usage/usage-report.ts';
import type { RunBooks } from './run-books.ts';

/** The applied config and the way to a new one. */
export interface ConfigKeeper {
  current(): Config;
  /** Undefined when the settings in the window rule; else the file that does. */
  readonly managedBy: string | undefined;
  versions(): ConfigVersionView[];
  /** The number of the applied version. */
  version(): number;
  /** As it was applied; undefined: there is no such version, or it can't be read any more. */
  versionAt(number: number): Config | undefined;
  /** Throws ConfigRefused when parts are unsupported, a base URL is our own, or a value does not hold. Nothing changes then. */
  apply(config: Config, source: 'window' | 'cli', note: string): Promise<number>;
  onApplied(listener: () => void): () => void;
}

/** Servers on this machine, found and made providers. */
export interface LocalDiscovery {
  /** Looks now, makes providers of what is there, and reads their models. Never rejects. */
  probe(): Promise<readonly LocalServer[]>;
}

export interface ControlParts {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly reconciler: Reconciler;
  readonly storage: Pick<Storage, 'db' | 'path' | 'backup' | 'vacuum'>;
  readonly killSwitch: KillSwitch;
  readonly killSwitches: KillSwitches;
  readonly approvals: Approvals;
  readonly health: HealthBook;
  readonly breakers: BreakerBook;
  readonly latency: LatencyBook;
  readonly credentialBook: CredentialBook;
  readonly usage: UsageStore;
  readonly usageReport: UsageReport;
  readonly feed: RequestFeed;
  readonly pipeline: Pipeline;
  readonly credentials: Credentials;
  readonly accessKeys: AccessKeys;
  readonly alerts: AlertBook;
  readonly configKeeper: ConfigKeeper;
  readonly modelRefresher: ModelRefresher;
  readonly localDiscovery: LocalDiscovery;
  readonly runBooks: RunBooks;
  readonly connect: Connect;
  readonly savedPrompts: SavedPrompts;
  readonly active: () => ActiveConfig;
  readonly gateway: (keychain: KeychainView) => GatewayView;
  readonly state: StateStore;
  /** The gateway's own environment: the guided start looks for provider keys in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dataDir: string;
  /** The computer woke up: what depends on the time of day is told anew. */
  readonly onWake: (listener: () => void) => () => void;
  /** An hour or a day began: what was spent in it is told anew. */
  readonly onTurn: (listener: () => void) => () => void;
  readonly timeZone: () => string;
}
