/**
 * What the Electron main process and the gateway say to each other over `process.parentPort`. Commands and live data do
 * not go here: they travel on a control port (the control contract over a MessagePort), which is handed over with a
 * `control-port` message. Both ends are built together, so there is no version; an unknown message is a bug, not a guest.
 */
import { z } from 'zod';

/** Who is at the other end of a control port. Both speak the whole control contract; the name is for the log. */
export const controlPeer = z.enum(['main', 'window']);
export type ControlPeer = z.infer<typeof controlPeer>;

/** Main process to gateway. */
export const hostMessage = z.discriminatedUnion('type', [
  /** Exactly one transferred MessagePort comes with it; answer the control contract on it until it closes. */
  z.strictObject({ type: z.literal('control-port'), peer: controlPeer }),
  /**
   * Stop listening, drain what runs, settle, close the database, answer `drained` and exit 0, all within the deadline. Said
   * again, the earlier deadline counts.
   */
  z.strictObject({ type: z.literal('shutdown'), deadlineMs: z.int().min(0) }),
  /** The computer falls asleep now; or it woke up. */
  z.strictObject({ type: z.literal('sleep'), state: z.enum(['asleep', 'awake']) }),
]);
export type HostMessage = z.infer<typeof hostMessage>;

/** The port that could not be had. `freePort` was free a moment ago; undefined: none was found. */
export const portInUse = z.strictObject({
  port: z.int(),
  freePort: z.int().min(1).max(65_535).optional(),
  /** A config file decides on the port: another one can only be used for a run. */
  managed: z.boolean(),
});
export type PortInUse = z.infer<typeof portInUse>;

/** Gateway to main process. */
export const gatewayMessage = z.discriminatedUnion('type', [
  /** Sent once, when requests are accepted and control ports are answered. */
  z.strictObject({
    type: z.literal('listening'),
    /** With the path that goes into a tool, e.g. `http://127.0.0.1:7420/v1`. */
    baseUrl: z.url({ protocol: /^http$/ }),
    port: z.int().min(1).max(65_535),
    /** The first access key, only when this start created it. Shown to the person once and kept nowhere. */
    accessKey: z.string().optional(),
  }),
  /**
   * The gateway cannot run and exits after this: a port in use (the message says by whom), a damaged database, a config
   * that does not hold. `retryable` false means that starting again cannot help until a person changed something.
   */
  z.strictObject({
    type: z.literal('failed'),
    code: z.string().min(1),
    message: z.string().min(1),
    retryable: z.boolean().default(false),
    portInUse: portInUse.optional(),
  }),
  /** Everything is settled and closed; the exit follows. */
  z.strictObject({ type: z.literal('drained') }),
]);
export type GatewayMessage = z.infer<typeof gatewayMessage>;
/** What the gateway writes (`retryable` may be left out). */
export type GatewayMessageInput = z.input<typeof gatewayMessage>;
