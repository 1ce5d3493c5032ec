/** A person's machine of one test: a home folder of its own, and a gateway that believes in it. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startTestGateway, type TestConfig, type TestGateway } from '../../support/gateway/start.ts';

export interface TestHome {
  readonly gate: TestGateway;
  readonly home: string;
  path(name: string): string;
  write(name: string, text: string | Buffer): void;
  read(name: string): string;
  exists(name: string): boolean;
  close(): Promise<void>;
}

export async function startAtHome(config?: TestConfig, env: NodeJS.ProcessEnv = {}): Promise<TestHome> {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-home-'));
  const gate = await startTestGateway(config, { env: { HOME: home, PATH: join(home, 'bin'), ...env } });
  const path = (name: string) => join(home, name);
  return {
    gate,
    home,
    path,
    write(name, text) {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), text);
    },
    read: (name) => readFileSync(path(name), 'utf8'),
    exists: (name) => existsSync(path(name)),
    async close() {
      await gate.close();
      rmSync(home, { recursive: true });
    },
  };
}
