/** The config's receivers with their addresses and secrets, which stand in the environment only. */
import { basename } from 'node:path';
import type { ExecHook, Hook, Webhook } from '../alerts/types.ts';
import { resolveEnvRef } from '../config/env-ref.ts';
import { ConfigError } from '../config/problem.ts';
import { webhookUrlProblem } from '../config/webhook-url.ts';
import type { AlertsConfig } from '../contract/config.ts';

/** Throws EnvRefError for a variable that is not set, ConfigError for an address that may not be used. */
export function alertHooks({ webhooks, exec }: AlertsConfig, env: NodeJS.ProcessEnv): Hook[] {
  const taken = new Map<string, number>();
  /** Deliveries that wait survive a restart by this name, so it holds no more of an address than its origin. */
  const idOf = (name: string): string => {
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return times === 1 ? name : `${name}#${times}`;
  };
  const posts = webhooks.map(({ url: written, secret, events }, index): Webhook => {
    const fromEnvironment = written.startsWith('env:');
    const text = fromEnvironment ? resolveEnvRef(written, env) : written;
    const problem = webhookUrlProblem(text);
    if (problem !== undefined) {
      const where = fromEnvironment ? `in the variable ${written.slice('env:'.length)}: ` : '';
      throw new ConfigError([{ path: `alerts.webhooks[${index}].url`, message: where + problem }]);
    }
    const url = new URL(text);
    return {
      channel: 'webhook',
      id: idOf(`webhook:${fromEnvironment ? written : url.origin}`),
      target: url.host,
      url,
      secret: resolveEnvRef(secret, env),
      events,
    };
  });
  const programs = exec.map(({ command: [program = '', ...args], events }): ExecHook => {
    const name = basename(program);
    return { channel: 'exec', id: idOf(`exec:${name}`), target: name, command: [program, ...args], events };
  });
  return [...posts, ...programs];
}
