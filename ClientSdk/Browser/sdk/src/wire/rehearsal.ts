/** A buyer to rehearse with. */
export interface PersonaView {
  readonly personaId: string;
  readonly name: string;
  readonly role: string;
  readonly company: string;
  /** How it meets the rep, in one or two sentences; absent from an older gateway. */
  readonly mood?: string;
  /** It goes on when the rep talks over it; absent where it stops. */
  readonly holds?: boolean;
}

/** Makes a call a rehearsal: the customer is a buyer whose words come from the gateway. */
export interface RehearsalRequest {
  /** One of those that {@link readPersonas} lists. */
  readonly personaId: string;
  /** The teleprompter stays silent: no cards, no suggestions. */
  readonly testMe: boolean;
  /** What the buyer presses on before its own points, such as titles of cards: at most 8, of 200 characters each. */
  readonly objections?: readonly string[];
  /** The client plays the buyer's voice, where the gateway has one: see `BuyerVoice`. */
  readonly voice?: boolean;
}

export type CutInReason = "monologue" | "vagueWords" | "claimWithoutNumber" | "questionDodged" | "trigger";

/** The buyer cut the rep off. */
export interface CutOff {
  /** The buyer's words, which follow. */
  readonly segmentId: string;
  readonly reason: CutInReason;
  /** What the rep did, in a sentence: "You spoke 24 s without a question." */
  readonly why: string;
  /** It was once too often: the buyer ends the call. */
  readonly hangsUp: boolean;
  readonly atMs: number;
}

/** The rehearsal that a call is. */
export interface RehearsalView {
  readonly persona: PersonaView;
  readonly testMe: boolean;
  /** Oldest first. */
  readonly cutOffs: readonly CutOff[];
  readonly objections?: readonly string[];
  /** The buyer's voice comes from the gateway; absent where it has none. */
  readonly voice?: boolean;
}

export type ScoreQuestion =
  | "askedBeforeTelling" | "answeredQuestions" | "provedClaims" | "recovered" | "keptItShort" | "letTheBuyerTalk" | "fewFillers" | "nextStep";

/** The answer to one question. */
export interface ScoreCheck {
  readonly question: ScoreQuestion;
  readonly passed: boolean;
  /** What it rests on, in a sentence. */
  readonly because: string;
  /** The moment that it rests on; null where it rests on no single one. */
  readonly atMs: number | null;
}

/** What a rehearsal showed, as questions that have a yes or a no. */
export interface ScoreCard {
  readonly checks: readonly ScoreCheck[];
}
