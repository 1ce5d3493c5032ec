/** The alerts room put together: its book, what it watches, and the ways out. */
import { createAlertBook } from '../alerts/alert-book.ts';
import { createBudgetWatch } from '../alerts/budget-watch.ts';
import { deliverBy } from '../alerts/deliver.ts';
import { createExecRunner } from '../alerts/exec-hook.ts';
import { credentialRefused, type LoopSeen, loopDetected } from '../alerts/messages.ts';
import { createProviderWatch, type ProviderWatch } from '../alerts/provider-watch.ts';
import { systemTimer } from '../alerts/system-timer.ts';
import type { AlertBook, Timer } from '../alerts/types.ts';
import { createWebhookSender } from '../alerts/webhook.ts';
import type { Config } from '../contract/config.ts';
import type { Clock } from '../core/clock.ts';
import type { Ledger } from '../ledger/types.ts';
import { limitsOf } from '../limits/budgets.ts';
import type { Transport } from '../providers/transport/transport.ts';
import type { CredentialBook } from '../routing/credential-book.ts';
import type { HealthBook } from '../routing/health.ts';
import type { Db } from '../storage/types.ts';
import { alertHooks } from './alert-hooks.ts';
import { postBy } from './post.ts';

/** However many transfers there are, budgets are looked at no more often than this. */
const CHECK_EVERY_MS = 200;

export interface GatewayAlertsParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  readonly transport: Transport;
  readonly version: string;
  readonly onFailure: (error: unknown, what: string) => void;
  readonly timer?: Timer;
}

export interface GatewayAlerts {
  readonly book: AlertBook;
  readonly providers: ProviderWatch;
  /** What a config asks for, checked; the function it returns puts it into force. Throws EnvRefError or ConfigError. */
  prepare(config: Config): () => void;
  /** Looks at the budgets after every transfer, and now. */
  watchBudgets(ledger: Ledger, config: () => Config): void;
  /** A provider whose health fails is down; one that answers again is up. */
  watchHealth(health: HealthBook): void;
  /** A provider refused its credential. */
  watchCredentials(credentials: CredentialBook): void;
  /** The loop guard stopped a call of this caller. */
  loopStopped(caller: { accessKeyId?: string; project?: string; client?: string }, reason: string): void;
  close(): Promise<void>;
}

export function createGatewayAlerts(parts: GatewayAlertsParts): GatewayAlerts {
  const { db, clock, env, onFailure } = parts;
  const timer = parts.timer ?? systemTimer;
  const book = createAlertBook({
    db,
    clock,
    timer,
    onFailure,
    chance: Math.random,
    deliver: deliverBy({
      webhook: createWebhookSender({
        clock,
        post: postBy(parts.transport),
        userAgent: `Gatehouse/${parts.version}`,
      }),
      exec: createExecRunner({ env, timer }),
    }),
  });
  const budgets = createBudgetWatch({ db, clock, raise: book.raise });
  const providers = createProviderWatch({ clock, timer, raise: book.raise });
  const unsubscribe: (() => void)[] = [];

  return {
    book,
    providers,
    prepare(config) {
      const hooks = alertHooks(config.alerts, env);
      return () => book.setHooks(hooks);
    },
    watchBudgets(ledger, config) {
      let due: (() => void) | undefined;
      let closed = false;
      const check = async () => {
        due = undefined;
        try {
          const { budgets: configured } = config();
          if (configured.length === 0) return;
          const { budgets: views } = await ledger.spend(limitsOf(configured));
          if (!closed) budgets.check(views, configured);
        } catch (error) {
          onFailure(error, 'the budgets could not be compared with their alerts');
        }
      };
      const soon = () => {
        due ??= timer.after(CHECK_EVERY_MS, () => void check());
      };
      unsubscribe.push(ledger.onTransfer(soon), () => {
        closed = true;
        due?.();
      });
      soon();
    },
    watchHealth(health) {
      unsubscribe.push(
        health.onChange((provider) => {
          const { state, lastError } = health.of(provider);
          // A failure among others says nothing yet; see healthState for what failing is.
          if (state === 'failing') providers.changed(provider, 'down', lastError?.code);
          else if (state === 'ok' || state === 'degraded') providers.changed(provider, 'up');
        }),
      );
    },
    watchCredentials(credentials) {
      unsubscribe.push(
        credentials.onChange((provider, refused) => {
          if (refused !== undefined) book.raise(credentialRefused(provider, refused.status));
        }),
      );
    },
    loopStopped({ accessKeyId, project, client }, reason) {
      const seen: LoopSeen = {
        reason,
        ...(accessKeyId === undefined ? {} : { key: accessKeyId }),
        ...(project === undefined ? {} : { project }),
        ...(client === undefined ? {} : { client }),
      };
      book.raise(loopDetected(seen));
    },
    async close() {
      for (const stop of unsubscribe) stop();
      providers.close();
      await book.close();
    },
  };
}
