/**
 * What the window asks of the desktop app around it: things of this computer that the gateway has no part in. The page's
 * messages cross the preload script to the main process, which checks the sender and then this schema. The web console has
 * no desktop app around it and never asks.
 */
import { z } from 'zod';

export const desktopSettings = z.strictObject({
  /** `notify`: newer releases are looked for and told of; nothing is downloaded without a click. */
  updates: z.enum(['off', 'notify']).default('off'),
  /** False: no desktop notifications on this computer, whatever the config says of alerts. */
  notifications: z.boolean().default(true),
  /** What closing the window means where there is a tray. */
  onClose: z.enum(['tray', 'quit']).default('tray'),
});
export type DesktopSettings = z.infer<typeof desktopSettings>;

export const desktopSettingsChange = z.strictObject({
  updates: desktopSettings.shape.updates.unwrap().optional(),
  notifications: z.boolean().optional(),
  onClose: desktopSettings.shape.onClose.unwrap().optional(),
});
export type DesktopSettingsChange = z.infer<typeof desktopSettingsChange>;

/** `notes` is plain text, cut to a readable length. */
export const updatesView = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('unavailable'), why: z.string() }),
  z.strictObject({ state: z.literal('off') }),
  z.strictObject({ state: z.literal('idle') }),
  z.strictObject({ state: z.literal('checking') }),
  z.strictObject({ state: z.literal('current'), checkedAtMs: z.int() }),
  z.strictObject({ state: z.literal('available'), version: z.string(), notes: z.string().optional() }),
  z.strictObject({ state: z.literal('downloading'), version: z.string(), percent: z.number().min(0).max(100) }),
  /** Downloaded and checked; installed when the app quits. */
  z.strictObject({ state: z.literal('ready'), version: z.string() }),
  z.strictObject({ state: z.literal('failed'), message: z.string() }),
]);
export type UpdatesView = z.infer<typeof updatesView>;

export const launchAtLoginView = z.strictObject({
  on: z.boolean(),
  /** Why it cannot be switched here; undefined: it can. */
  whyNot: z.string().optional(),
});
export type LaunchAtLoginView = z.infer<typeof launchAtLoginView>;

export const desktopView = z.strictObject({
  version: z.string(),
  settings: desktopSettings,
  /** The file of these settings does not hold; the defaults stand until something is changed. */
  settingsProblem: z.string().optional(),
  launchAtLogin: launchAtLoginView,
  updates: updatesView,
  /** False: this desktop shows no tray, so closing the window quits. */
  tray: z.boolean(),
});
export type DesktopView = z.infer<typeof desktopView>;

/** Each is answered with the view as it is then. */
export const desktopAsk = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('view') }),
  z.strictObject({ ask: z.literal('set'), settings: desktopSettingsChange }),
  z.strictObject({ ask: z.literal('launchAtLogin'), on: z.boolean() }),
  z.strictObject({ ask: z.literal('checkForUpdates') }),
  z.strictObject({ ask: z.literal('downloadUpdate') }),
  /** Finishes what runs, and starts the gateway again on the settings as they are now. Answered at once. */
  z.strictObject({ ask: z.literal('restartGateway') }),
  /** It is down: the app asks the person what to do about it, as it did when it failed. */
  z.strictObject({ ask: z.literal('startGateway') }),
]);
export type DesktopAsk = z.infer<typeof desktopAsk>;

/** `id` is the page's own, to find the question again. */
export const desktopQuestion = z.strictObject({ id: z.int().min(0), ask: desktopAsk });
export const desktopAnswer = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.int(), ok: z.literal(true), view: desktopView }),
  z.strictObject({ id: z.int(), ok: z.literal(false), message: z.string() }),
]);
export type DesktopAnswer = z.infer<typeof desktopAnswer>;

/** A place in the window that the tray, a notification or a link leads to. Only to look at: a place is never an action. */
export const place = z.strictObject({
  path: z.string().regex(/^\/[a-z0-9/-]{0,100}$/),
  /** The request whose details are shown over it. */
  requestId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
});
export type Place = z.infer<typeof place>;
