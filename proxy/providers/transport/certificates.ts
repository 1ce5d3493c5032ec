/**
 * Whom TLS trusts: Node's own list, the system's, and the file that NODE_EXTRA_CA_CERTS names. The file is read here too
 * because Electron's utility process does not read it; behind a company's proxy nothing works without one of the two.
 */
import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';

export class CertificateFileError extends Error {
  override readonly name = 'CertificateFileError';
}

/** PEM certificates without repetitions. Throws CertificateFileError when the named file cannot be read. */
export function trustedCertificates(env: NodeJS.ProcessEnv): string[] {
  return [...new Set([...getCACertificates('bundled'), ...getCACertificates('system'), ...namedCertificates(env)])];
}

/** Those of the file that NODE_EXTRA_CA_CERTS names; none where it names none. Throws CertificateFileError. */
export function namedCertificates(env: NodeJS.ProcessEnv): string[] {
  const path = env.NODE_EXTRA_CA_CERTS;
  return path === undefined || path === '' ? [] : pemBlocks(path);
}

function pemBlocks(path: string): string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CertificateFileError(`the file that NODE_EXTRA_CA_CERTS names cannot be read: ${path}`, { cause: error });
  }
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
  if (blocks === null)
    throw new CertificateFileError(`the file that NODE_EXTRA_CA_CERTS names holds no PEM certificate: ${path}`);
  return blocks;
}
