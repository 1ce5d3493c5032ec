/** Where Gatehouse keeps its data unless told otherwise. */
import { resolve } from 'node:path';
import envPaths from 'env-paths';

/** --data-dir, else GATEHOUSE_DATA_DIR, else the platform's place for application data. Absolute. */
export function dataDirOf(option: string | undefined, env: NodeJS.ProcessEnv): string {
  const wanted = option ?? env.GATEHOUSE_DATA_DIR;
  return wanted === undefined || wanted === '' ? envPaths('gatehouse', { suffix: '' }).data : resolve(wanted);
}
