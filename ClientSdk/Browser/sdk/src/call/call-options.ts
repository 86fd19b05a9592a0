import type { Clock } from "../time/clock.js";
import type { HubConnection } from "../connection/hub-connection.js";
import type { SignIn } from "../connection/sign-in.js";
import type { CallBrief, Consent, RehearsalRequest } from "../wire/messages.js";

/** Names a call to come back to. `resumeToken` is its secret: memory or session storage only, never an address. */
export interface CallTicket {
  readonly callId: string;
  readonly resumeToken: string;
}

export interface CallClientOptions {
  /**
   * The gateway's address, e.g. `http://localhost:5080` or, under a path of its own, `https://tools.example/teleprompter`; the page's own
   * origin when absent, and `.` for the folder of the page. A gateway lets in the origins of its
   * `Gateway:AllowedOrigins`.
   */
  readonly gateway?: string;
  /** Gets the tickets that let connections in, where people sign in: `new SignIn(gateway, accessToken)`. */
  readonly signIn?: SignIn;
  /** Makes a new connection for every attempt; a SignalR connection to `/hubs/call` of the gateway when absent. */
  readonly connect?: () => HubConnection;
  readonly clock?: Clock;
  /** A number from 0 to 1, for the jitter. */
  readonly random?: () => number;
  /** BCP 47 tag of the spoken language, or `auto`, which leaves it to the transcriber; the gateway's default when absent. */
  readonly language?: string;
}

/** How a call is started. */
export interface StartOptions {
  readonly brief?: CallBrief;
  /** The consent to record with the call; later connections bring it along. */
  readonly consent?: Consent;
  /** The call to take up again; a new one starts where that is not possible. */
  readonly ticket?: CallTicket;
  /** Makes it a rehearsal, also one that starts because the call of the ticket is gone. */
  readonly rehearsal?: RehearsalRequest;
}
