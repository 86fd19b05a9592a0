import type { BuyerVoiceOptions, CallBrief, CallReport, CallTicket, Clock, Consent, ConsentPolicy, HubConnection, PersonaView, RehearsalRequest, SignedIn, SignIn, TimedSegment } from "@teleprompter/sdk";
import type { Sound, SoundSurroundings } from "./sound.js";

/** Sign-in of a panel that is no page of the gateway's own, and so has no cookie there. */
export interface OwnSignIn {
  /** Somebody must sign in: nobody has, or it cannot be renewed. */
  readonly needed: boolean;
  /** Who is signed in, as the gateway sees it. */
  page(): Promise<SignedIn>;
  subscribe(listener: () => void): () => void;
  /** Rejects, in words for the rep, where nobody signed in. */
  signIn(): Promise<void>;
  signOut(): Promise<void>;
}

/** What the panel is made with; tests bring their own. */
export interface Surroundings extends SoundSurroundings {
  /** The gateway's address; the page's own origin when absent. */
  readonly gateway?: string;
  /** Who is signed in by a cookie; absent where the panel is no page of the gateway's own. */
  readonly signIn?: SignIn;
  readonly ownSignIn?: OwnSignIn;
  readonly connect?: () => HubConnection;
  /** How a rehearsal's buyer is heard; as the browser can when absent. */
  readonly buyer?: BuyerVoiceOptions;
  readonly clock?: Clock;
  readonly readReport?: (ticket: CallTicket) => Promise<CallReport | null>;
  readonly deleteCall?: (ticket: CallTicket) => Promise<void>;
  /** Reads what must be asked before a call; the gateway's `/consent` when absent. */
  readonly readPolicy?: () => Promise<ConsentPolicy>;
  /** Reads the buyers to rehearse with; the gateway's `/personas` when absent. */
  readonly readPersonas?: () => Promise<readonly PersonaView[]>;
  /** Where the gateway is, and what lets the rep change that; absent where the gateway serves the page itself. */
  readonly gatewayChoice?: { readonly address: () => string; readonly change: () => void };
}

export interface SessionOptions {
  readonly brief: CallBrief;
  /** BCP 47 tag or `auto`; the gateway's default when absent. */
  readonly language?: string;
  readonly ticket?: CallTicket;
  /** Null where none is asked for. */
  readonly consent?: Consent | null;
  /** The voices of the call; a call that is played has none. */
  readonly sound?: Sound;
  /** Makes it a rehearsal; null for a call with a customer. */
  readonly rehearsal?: RehearsalRequest | null;
  /** A scripted call to play, and its title. */
  readonly sample?: { readonly title: string; readonly cues: readonly TimedSegment[] };
}
