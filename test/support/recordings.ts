/**
 * Real provider exchanges, kept beside the project in ../shared/recordings. On CI a missing folder is a failure; elsewhere
 * the suites that need it are skipped by name.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'vitest';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'shared', 'recordings');
export const recordingsPresent = existsSync(FOLDER);

export interface Recording {
  readonly id: string;
  readonly provider: string;
  readonly api: string;
  readonly stream: boolean;
  readonly status: number;
  readonly requestBody: unknown;
  /** As received, or the parsed body written again where the source holds no text. */
  readonly responseBody: Buffer;
  /** Lower-case names; only the harmless ones are kept. */
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** As sent; undefined where the source does not hold the request. */
  readonly requestPath: string | undefined;
  readonly features: readonly string[];
}

interface StoredCase {
  readonly id: string;
  readonly provider: string;
  readonly api: string;
  readonly stream: boolean;
  readonly request?: { readonly path?: string; readonly body?: unknown } | null;
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly bodyText?: string;
    /** A binary event stream. */
    readonly bodyBase64?: string;
  };
  readonly features?: readonly string[];
}

/** A suite over recordings. Its name says why it is skipped where there are none. */
export function recordedSuite(name: string, body: () => void): void {
  if (recordingsPresent || process.env.CI === 'true') suite(name, body);
  else suite.skip(`${name} (skipped: ../shared/recordings is not here)`, body);
}

/** Empty where the folder is missing, so that a skipped suite can still be collected; on CI that throws. */
export function recordings(filter: (recording: Recording) => boolean): Recording[] {
  if (!recordingsPresent) {
    if (process.env.CI === 'true') throw new Error(`the recordings are missing: ${FOLDER}`);
    return [];
  }
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => toRecording(JSON.parse(readFileSync(join(FOLDER, path), 'utf8')) as StoredCase))
    .filter(filter);
}

function toRecording(stored: StoredCase): Recording {
  const { response } = stored;
  return {
    id: stored.id,
    provider: stored.provider,
    api: stored.api,
    stream: stored.stream,
    status: response.status,
    requestBody: stored.request?.body,
    responseBody:
      response.bodyBase64 === undefined
        ? Buffer.from(response.bodyText ?? JSON.stringify(response.body ?? null))
        : Buffer.from(response.bodyBase64, 'base64'),
    responseHeaders: response.headers ?? {},
    requestPath: stored.request?.path,
    features: stored.features ?? [],
  };
}
