/** All checks, in the order a person would look. */
import { systemClock } from '../../core/clock.ts';
import type { Db } from '../../storage/database.ts';
import { openReadOnly } from '../read-only-database.ts';
import { checkConfigOf } from './check-config.ts';
import { checkDataDir } from './check-data-dir.ts';
import { checkDatabase, checkSetAside } from './check-database.ts';
import { checkSimulator, findGateway } from './check-gateway.ts';
import { checkKeychain } from './check-keychain.ts';
import { checkNetworkSettings, checkNode, checkTime } from './check-machine.ts';
import { checkPort } from './check-port.ts';
import type { Finding } from './finding.ts';

export interface ExamineOptions {
  readonly dataDir: string;
  readonly configPath: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/** Never throws for what it finds; changes nothing but a probe entry in the keychain, which it takes out again. */
export async function examine({ dataDir, configPath, env }: ExamineOptions): Promise<Finding[]> {
  const opened = openOrError(dataDir);
  const db = opened instanceof Error ? undefined : opened;
  try {
    const { lives, running, finding: gateway } = await findGateway(dataDir);
    const { config, findings: configFindings } = await checkConfigOf(configPath, db, env);
    return [
      checkNode(process.version),
      ...checkDataDir(dataDir),
      ...(await checkDatabase(opened)),
      ...checkSetAside(dataDir),
      ...configFindings,
      checkTime(config?.timeZone, systemClock.nowMs()),
      await checkKeychain({ client: running?.client, dataDir, db }, env),
      ...(await checkNetworkSettings(env)),
      gateway,
      ...(config === undefined || lives ? [] : [await checkPort(config.server.host, config.server.port)]),
      ...(running === undefined ? [] : [await checkSimulator(running)]),
    ];
  } finally {
    db?.close();
  }
}

function openOrError(dataDir: string): Db | Error | undefined {
  try {
    return openReadOnly(dataDir);
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}
