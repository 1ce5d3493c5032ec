/**
 * Packs with the project's own electron-builder.yml, offline: the application folder for real; of deb and rpm what their
 * packers (which would be downloaded) are told. argv: the placeholder, the output folder, the architecture. Writes
 * `told.json` into the output folder.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archFromString, build, Platform } from 'electron-builder';

const [electronDist = '', output = '', arch = 'x64'] = process.argv.slice(2);
const told: { args: string[]; desktopFile: string }[] = [];

await build({
  targets: Platform.LINUX.createTarget(['deb', 'rpm'], archFromString(arch)),
  publish: 'never',
  config: { electronDist, directories: { output }, extraMetadata: { homepage: 'https://gatehouse.invalid' } },
  async effectiveOptionComputed(computed: [string[], string]) {
    const [args, desktopPath] = computed;
    told.push({ args, desktopFile: readFileSync(desktopPath, 'utf8') });
    // True: told enough, do not run the packer.
    return true;
  },
});
writeFileSync(join(output, 'told.json'), JSON.stringify(told));
