/**
 * One `vite build` makes four programs: the window (browser), the preload (sandboxed CommonJS), the shell's main
 * process (ESM) and the gateway (ESM, runs under Electron's utility process and under plain Node alike).
 */
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { BuildEnvironmentOptions, EnvironmentOptions, Plugin } from 'vite';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Never bundled: two carry native code, and `electron` is answered by Electron itself. */
const NATIVE = ['electron', 'better-sqlite3', 'keytar'];

interface ProgramOptions {
  readonly entry: string;
  readonly outDir: string;
  readonly format: 'es' | 'cjs';
  readonly target: string;
  readonly emptyOutDir: boolean;
}

/** Where each program names the packages inside it; scripts/package reads that, and the packages leave it out. */
const licencesOf = (name: string) => ({ fileName: `.vite/licences-${name}.json` });

/** A program that runs outside the browser window: every dependency inside the bundle except the native ones. */
function program({ entry, outDir, format, target, emptyOutDir }: ProgramOptions): EnvironmentOptions {
  const name = entry.replace(/^.*\//, '').replace(/\.ts$/, '');
  const extension = format === 'cjs' ? 'cjs' : 'js';
  const build: BuildEnvironmentOptions = {
    outDir: at(outDir),
    emptyOutDir,
    target,
    minify: false,
    copyPublicDir: false,
    sourcemap: true,
    license: licencesOf(name),
    rolldownOptions: {
      input: { [name]: at(entry) },
      // Also where it is not installed: keytar is optional.
      external: NATIVE,
      output: {
        format,
        entryFileNames: `[name].${extension}`,
        chunkFileNames: `chunks/[name]-[hash].${extension}`,
        // Positions are enough for a stack trace; the sources stay in the repository.
        sourcemapExcludeSources: true,
        // White space and comments go, names stay for stack traces. The engine keeps a program's text in memory, and one
        // character beyond Latin-1 in it doubles what all of it takes.
        comments: false,
        minify: { compress: false, mangle: false, codegen: { removeWhitespace: true, asciiOnly: true } },
      },
    },
  };
  return { consumer: 'server', resolve: { noExternal: true, external: NATIVE }, build };
}

/** Main and preload share a folder, so it is emptied once, before either is written. */
function emptyElectronDir(): Plugin {
  return {
    name: 'gatehouse:empty-electron-dir',
    apply: 'build',
    buildApp: { order: 'pre', handler: async () => rmSync(at('dist/electron'), { recursive: true, force: true }) },
  };
}

export default defineConfig({
  root: at('renderer'),
  base: './',
  appType: 'spa',
  plugins: [react(), emptyElectronDir()],
  // The window's policy forbids remote content, inline scripts and data: modules; nothing may be inlined as script.
  build: { modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1' },
  environments: {
    client: {
      build: {
        outDir: at('dist/renderer'),
        emptyOutDir: true,
        target: 'chrome140',
        sourcemap: true,
        license: licencesOf('window'),
        chunkSizeWarningLimit: 1500,
        rolldownOptions: {
          input: at('renderer/index.html'),
          output: { sourcemapExcludeSources: true },
        },
      },
    },
    preload: program({
      entry: 'electron/preload.ts',
      outDir: 'dist/electron',
      format: 'cjs',
      target: 'chrome140',
      emptyOutDir: false,
    }),
    main: program({
      entry: 'electron/main.ts',
      outDir: 'dist/electron',
      format: 'es',
      target: 'node24',
      emptyOutDir: false,
    }),
    gateway: program({
      entry: 'proxy/main.ts',
      outDir: 'dist/proxy',
      format: 'es',
      target: 'node24',
      emptyOutDir: true,
    }),
  },
  builder: {
    sharedConfigBuild: true,
    async buildApp(builder) {
      const entries: Record<string, string> = {
        client: 'renderer/index.html',
        preload: 'electron/preload.ts',
        main: 'electron/main.ts',
        gateway: 'proxy/main.ts',
      };
      for (const [name, environment] of Object.entries(builder.environments)) {
        const entry = entries[name];
        if (entry !== undefined && existsSync(at(entry))) await builder.build(environment);
      }
    },
  },
});
