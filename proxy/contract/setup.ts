/** The guided start: what a new person has to say once, where they are in it, and the keys their environment already has. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { providerKind } from './config/words.ts';
import { accessKeyId } from './ids.ts';
import { providerView } from './views.ts';

/** In the order the guide takes them; each can be skipped. */
export const SETUP_STEPS = ['found', 'credential', 'cap', 'tool', 'call'] as const;
export const setupStep = z.enum(SETUP_STEPS);
export type SetupStep = z.infer<typeof setupStep>;

/**
 * `new`: nothing was done with this installation yet, so the window opens the guide by itself, once. `open`: begun, to be
 * gone on with. `dismissed` and `finished`: it is not offered any more, but can be opened.
 */
export const setupState = z.enum(['new', 'open', 'dismissed', 'finished']);
export type SetupState = z.infer<typeof setupState>;

/**
 * `free`: can be taken over. `used`: `provider` works with this very key. `other_key`: `provider` has another one.
 * `other_address`: the environment sends this key to `address`, so it may not be the provider's. `no_region`: Bedrock,
 * and no variable names a region. `unusable`: it holds characters that cannot be sent.
 */
export const environmentKeyState = z.enum(['free', 'used', 'other_key', 'other_address', 'no_region', 'unusable']);

/** A provider key in the gateway's environment. Never what it is. */
export const environmentKeyView = z.object({
  /** The variable, or the first of those that make up one credential. */
  variable: z.string(),
  kind: providerKind,
  label: z.string(),
  /** Masked, e.g. `sk-…4f2a`; left out for keys too short to mask. */
  hint: z.string().optional(),
  state: environmentKeyState,
  /** The provider that has it, or that it would go to. */
  provider: z.string(),
  address: z.string().optional(),
  /** It can stay where it is, as `env:NAME`. */
  referable: z.boolean(),
  /** It has a session token, and with it an end. */
  temporary: z.literal(true).optional(),
});
export type EnvironmentKeyView = z.infer<typeof environmentKeyView>;

/** What of the guide outlives the window. */
export const setupProgress = z.object({
  state: setupState.exclude(['new']),
  step: setupStep,
  sinceMs: z.int(),
  /** The tool that was chosen, by its id in the connect contract. */
  tool: z.string().max(64).optional(),
  /** The access key that was made for it. */
  keyId: accessKeyId.optional(),
});
export const setupChange = setupProgress.omit({ sinceMs: true }).partial();
export type SetupChange = z.infer<typeof setupChange>;

export const setupView = z.object({
  state: setupState,
  step: setupStep,
  /** When the guide was begun; left out while it is new. */
  sinceMs: z.int().optional(),
  tool: z.string().optional(),
  keyId: z.string().optional(),
  environment: z.array(environmentKeyView),
});
export type SetupView = z.infer<typeof setupView>;

const base = oc.errors({
  MANAGED: { status: 409 },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409 },
  BAD_REQUEST: { status: 400 },
  CREDENTIAL_STORE: { status: 503, data: z.object({ reason: z.string() }) },
});

export const setupDesk = {
  get: base.output(setupView),
  /** What is left out stays as it was. */
  save: base.input(setupChange).output(setupView),
  /**
   * Makes a provider of a key in the environment. `keychain`: it is copied into the credential store, so the gateway has it
   * wherever it is started from. `environment`: the config names the variable. CONFLICT: its state is not `free`.
   */
  adopt: base
    .input(z.object({ variable: z.string().max(100), keep: z.enum(['keychain', 'environment']) }))
    .output(z.object({ provider: providerView })),
};
