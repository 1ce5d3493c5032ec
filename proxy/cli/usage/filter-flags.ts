/** Which requests a report is about, as flags. */
import type { Command } from 'commander';
import type { UsageFilters } from '../../contract/usage.ts';

export interface FilterFlags {
  readonly project?: string;
  readonly client?: string;
  readonly key?: string;
  readonly provider?: string;
  readonly model?: string;
}

export function addFilterOptions(command: Command): Command {
  return command
    .option('--project <name>', 'only this project')
    .option('--client <name>', 'only this client')
    .option('--key <id>', 'only this access key')
    .option('--provider <id>', 'only this provider')
    .option('--model <id>', 'only this model, as it was served');
}

export function filtersOf({ project, client, key, provider, model }: FilterFlags): UsageFilters {
  return {
    ...(project === undefined ? {} : { project: [project] }),
    ...(client === undefined ? {} : { client: [client] }),
    ...(key === undefined ? {} : { accessKey: [key] }),
    ...(provider === undefined ? {} : { provider: [provider] }),
    ...(model === undefined ? {} : { modelServed: [model] }),
  };
}
