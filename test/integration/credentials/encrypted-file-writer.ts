/**
 * A child process that writes to the encrypted file: `node encrypted-file-writer.ts DIR endless` replaces one secret for
 * ever and says so after each; `DIR many NAME COUNT` stores COUNT secrets; `DIR once [UID]` tries one, as that user, and reports.
 */
import { systemClock } from '../../../proxy/core/clock.ts';
import { createEncryptedFile } from '../../../proxy/credentials/encrypted-file.ts';
import { CredentialError } from '../../../proxy/credentials/types.ts';

const SECRET_WORDS = 200_000;

const [dataDir = '', mode = '', name = '', count = '0'] = process.argv.slice(2);
const file = createEncryptedFile({ dataDir, clock: systemClock, lockWaitMs: 20_000 });

switch (mode) {
  case 'endless':
    for (let round = 0; ; round += 1) {
      // Half a megabyte, so that a write in place would be seen half done.
      await file.set('openai', `${round} `.repeat(SECRET_WORDS).trim());
      process.stdout.write(`${round}\n`);
    }
  case 'many':
    for (let index = 0; index < Number(count); index += 1) await file.set(`${name}-${index}`, `secret ${index}`);
    break;
  case 'once': {
    // Only now: the user may not be allowed to read the program.
    if (name !== '') {
      process.setgid?.(Number(name));
      process.setuid?.(Number(name));
    }
    const outcome = await file.set('openai', 'sk-new').catch((error: unknown) => error);
    const found = await file.get('openai');
    const failure = outcome instanceof CredentialError ? outcome : undefined;
    process.stdout.write(JSON.stringify({ reason: failure?.reason, message: failure?.message, found }));
    break;
  }
  default:
    throw new Error(`unknown mode ${mode}`);
}
