/** The packed gateway at work, out of the archive and under plain Node, and what the package says of its contents. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runQuietly } from '../../../scripts/lib/run.mjs';
import { launchDouble } from '../../support/electron/driver-double.ts';
import { spawnGateway } from '../../support/gateway/process.ts';
import { leaveGuide } from '../../support/guide.ts';
import { bundledPackages } from '../../support/packaging/bundled-packages.ts';
import { CYCLONEDX_SCHEMA, type Sbom } from '../../support/packaging/cyclonedx-schema.ts';
import { type Packing, packApp } from '../../support/packaging/packed.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const DOCTOR_MS_MAX = 20_000;

const reason = process.platform === 'linux' ? '' : ' (skipped: packs with the native modules of a Linux machine)';

describe.skipIf(process.platform !== 'linux')(`what is packed${reason}`, () => {
  let packing: Packing;
  beforeAll(async () => {
    packing = await packApp();
  });
  afterAll(() => packing?.remove());

  const inPackage = (path: string) => join(packing.app.resourcesDir, path);
  const sbom = (): Sbom => JSON.parse(readFileSync(inPackage('sbom.cdx.json'), 'utf8'));

  test('serves a call and its own window, keeps the books, and passes its own examination', async () => {
    const program = join(packing.app.extractedDir, 'dist', 'proxy', 'main.js');
    const dataDir = mkdtempSync(join(packing.scratchDir, 'data-'));
    const gateway = await spawnGateway(dataDir, { program });
    try {
      const answer = await fetch(`${gateway.baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${gateway.accessKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'sim/lorem-20', messages: [{ role: 'user', content: 'Hello' }] }),
      });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        object: 'chat.completion',
        choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: expect.stringMatching(/\w/) } }],
      });

      const page = await fetch(gateway.consoleUrl);
      expect(page.status).toBe(200);
      const script = /<script[^>]* src="\.\/(assets\/[^"]+)"/.exec(await page.text())?.[1] ?? 'none';
      const asset = await fetch(new URL(script, gateway.consoleUrl));
      expect(asset.headers.get('content-type')).toContain('javascript');
      expect(await asset.text()).toBe(readFileSync(join(packing.app.extractedDir, 'dist/renderer', script), 'utf8'));

      const doctor = await runQuietly(process.execPath, [program, 'doctor', '--data-dir', dataDir], {
        timeoutMs: DOCTOR_MS_MAX,
        cwd: packing.scratchDir,
      });
      expect(doctor.code, doctor.output).toBe(0);
      expect(doctor.output).toMatch(/ledger/i);
    } finally {
      await gateway.stop();
    }
    expect(gateway.child.exitCode).toBe(0);
  });

  test('opens its window, its tray and its gateway on the double of Electron, as an installed app', async () => {
    const dataDir = mkdtempSync(join(packing.scratchDir, 'shell-'));
    leaveGuide(dataDir);
    const root = packing.app.extractedDir;
    const shell = await launchDouble({ dataDir, root, env: { GATEHOUSE_DOUBLE_PACKAGED: '1' } });
    try {
      const { baseUrl = 'no address' } = await shell.announcement();
      const page = await shell.page();
      await page.getByText(baseUrl, { exact: true }).first().waitFor();
      const image = (await shell.ask('tray'))?.image ?? 'no tray';
      expect(image.startsWith(join(root, 'resources', 'icons')), image).toBe(true);
      expect(existsSync(image), `${image} is not packed`).toBe(true);
      expect(await shell.quit()).toBe(0);
    } finally {
      await shell.dispose();
    }
  });

  test('refuses debuggers once installed', async () => {
    const refused = ['--remote-debugging-port', '--inspect'].map(async (name) => {
      const shell = await launchDouble({
        dataDir: packing.scratchDir,
        root: packing.app.extractedDir,
        args: [`${name}=0`],
        env: { GATEHOUSE_DOUBLE_PACKAGED: '1' },
      });
      expect(await shell.exitCode).toBe(2);
      expect(shell.stderr()).toContain(`${name} is refused by the installed app`);
    });
    await Promise.all(refused);
  });

  test('brings a keytar that loads', async () => {
    const code = `const { createRequire } = await import('node:module');
      const keytar = createRequire(process.argv[1])('keytar');
      process.stdout.write(typeof keytar.getPassword);`;
    const from = join(packing.app.extractedDir, 'dist', 'proxy', 'main.js');
    const { output } = await runQuietly(process.execPath, ['--input-type=module', '-e', code, from], {
      timeoutMs: DOCTOR_MS_MAX,
      cwd: packing.scratchDir,
    });
    expect(output).toBe('function');
  });

  test('names every package in it, with the words of its licence', () => {
    const notices = readFileSync(inPackage('THIRD-PARTY-NOTICES.txt'), 'utf8');
    const bundled = bundledPackages(ROOT);
    expect(bundled.length).toBeGreaterThan(80);
    for (const { name, version } of [...bundled, ...native(), own('electron')]) {
      const start = notices.indexOf(`\n${name} ${version} (`, notices.indexOf('='.repeat(100)));
      expect(start, `${name} ${version} has no section`).toBeGreaterThan(0);
      const [heading, rule, empty, firstLine] = notices.slice(start + 1, start + 1000).split('\n');
      expect(heading, `${name} ${version}`).toMatch(/ \([\w .-]+\)$/);
      expect([rule, empty]).toEqual(['='.repeat(100), '']);
      expect(firstLine, `${name} ${version}`).toMatch(/\S/);
    }
    const licence = readFileSync(join(ROOT, 'node_modules', 'fastify', 'LICENSE'), 'utf8').trim();
    expect(notices).toContain(licence);
    expect(notices).toContain('LICENSES.chromium.html');
    expect(readFileSync(inPackage('LICENSE.txt'), 'utf8')).toBe(readFileSync(join(ROOT, 'LICENSE'), 'utf8'));
  });

  test('has a bill of materials in CycloneDX, complete and without a development tool', () => {
    const ajv = formats.default(new Ajv({ strict: true, allErrors: true }));
    const validate = ajv.compile(CYCLONEDX_SCHEMA);
    expect(validate(sbom()), JSON.stringify(validate.errors)).toBe(true);

    const { components, dependencies } = sbom();
    const listed = components.filter(({ type }) => type !== 'file').map(({ purl }) => purl);
    const expected = [...bundledPackages(ROOT), ...native(), own('node-addon-api'), own('electron')].map(
      ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`,
    );
    // keytar compiles an older node-addon-api into itself.
    expected.push('pkg:npm/node-addon-api@4.3.0');
    expect(listed.toSorted()).toEqual([...new Set(expected)].toSorted());
    for (const tool of ['vite', 'vitest', 'typescript', 'electron-builder', 'fast-check', '%40biomejs/biome']) {
      expect(
        listed.some((purl) => purl?.startsWith(`pkg:npm/${tool}@`)),
        tool,
      ).toBe(false);
    }
    const refs = components.map((component) => component['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    expect(dependencies[0]?.dependsOn.toSorted()).toEqual(refs.toSorted());
  });

  test('gives the digest of every file that carries code', () => {
    const all = sbom().components.flatMap((component) => [component, ...(component.components ?? [])]);
    const files = all.filter(({ type }) => type === 'file');
    expect(files.map(({ name }) => name).toSorted()).toEqual([
      'app.asar',
      `app.asar.unpacked/node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
      'app.asar.unpacked/node_modules/keytar/build/Release/keytar.node',
    ]);
    for (const { name, hashes } of files) {
      const digest = createHash('sha256')
        .update(readFileSync(inPackage(name)))
        .digest('hex');
      expect(hashes).toEqual([{ alg: 'SHA-256', content: digest }]);
    }
  });
});

const own = (name: string): { name: string; version: string } =>
  JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'));

const native = () => ['better-sqlite3', 'keytar'].map(own);
