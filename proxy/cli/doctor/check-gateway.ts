/** The gateway that runs on this data directory, if one does, and whether a call goes through it. */
import type { Snapshot } from '../../contract/views.ts';
import { readLivingInstance } from '../../storage/instance-lock.ts';
import { type ControlClient, createControlClient, readControlFile } from '../control-client.ts';
import { type Finding, fail, ok, warn, words } from './finding.ts';

export interface RunningGateway {
  readonly client: ControlClient;
  readonly snapshot: Snapshot;
}

const ANSWER_WITHIN_MS = 5_000;

export interface GatewaySearch {
  /** A gateway lives on this data directory, whether it can be asked or not. */
  readonly lives: boolean;
  /** The one that can be asked. */
  readonly running: RunningGateway | undefined;
  /** Says why there is none to ask when one could be expected. */
  readonly finding: Finding;
}

export async function findGateway(dataDir: string): Promise<GatewaySearch> {
  const file = readControlFile(dataDir);
  const owner = readLivingInstance(dataDir);
  const lives = owner !== undefined;
  if (file === undefined || !lives) {
    const finding = lives
      ? ok(
          'gateway',
          `runs, but takes no commands now (process ${owner.pid}${owner.baseUrl === undefined ? '' : `, ${owner.baseUrl}`})`,
        )
      : ok('gateway', 'not running on this data directory');
    return { lives, running: undefined, finding };
  }
  try {
    const client = createControlClient(file, ANSWER_WITHIN_MS);
    const snapshot = await client.live.snapshot();
    const { version, baseUrl } = snapshot.gateway;
    return {
      lives: true,
      running: { client, snapshot },
      finding: gatewayFinding(snapshot, `${version} runs at ${baseUrl}`),
    };
  } catch (error) {
    const finding = fail(
      'gateway',
      `process ${owner.pid} runs but does not answer at ${file.baseUrl} (${words(error)})`,
      'Restart it.',
    );
    return { lives: true, running: undefined, finding };
  }
}

function gatewayFinding({ pause }: Snapshot, text: string): Finding {
  if (!pause.active) return ok('gateway', text);
  const todo =
    pause.by === 'config' ? 'Set killSwitch.global to false in the config file.' : 'Resume it in the window.';
  return warn('gateway', `${text}, but it is paused: every call is refused`, todo);
}

/** A real call to the built-in simulator, through the whole pipeline; it stands in the ledger like any other. */
export async function checkSimulator({ client, snapshot }: RunningGateway): Promise<Finding> {
  const simulator = snapshot.providers.find((provider) => provider.kind === 'simulator' && provider.enabled);
  if (simulator === undefined) return ok('simulator', 'not configured');
  try {
    const result = await client.providers.test({ id: simulator.id });
    if (result.ok) return ok('simulator', `answers in ${Math.round(result.latencyMs)} ms`);
    return fail(
      'simulator',
      `does not answer: ${result.message}`,
      'Look at the log of the gateway (GATEHOUSE_LOG_LEVEL=info).',
    );
  } catch (error) {
    return fail('simulator', `cannot be asked: ${words(error)}`, 'Restart the gateway and try again.');
  }
}
