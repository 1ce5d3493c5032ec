/**
 * `node --import <this> dist/electron/main.js` runs the desktop app's real main process without an Electron binary: the
 * name `electron` is answered by the double beside this file, and the test that forked the process can ask about it.
 */
import { registerHooks } from 'node:module';

const DOUBLE = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === 'electron') return { url: DOUBLE, shortCircuit: true };
    return nextResolve(specifier, context);
  },
});

await import('./inspector.ts');
