/** The messages of the lead hub, as Contracts/Messages/Dashboard writes them. Moments are milliseconds since 1970. */
import type { CallEvent, CallStatus, ModelState, SettleReason, Speaker, SuggestionLatency, SuggestionSource, TurnOutcome, WithdrawReason } from "@teleprompter/sdk";

/** The whole fleet, or what changed of it since the view before. */
export interface FleetView {
  /** Contiguous; after a gap, `Watch` again. */
  readonly number: number;
  /** By the gateway's clock. */
  readonly atMs: number;
  /** `series` and `calls` are all there is; else only what changed. */
  readonly whole: boolean;
  readonly targets: LeadTargets;
  /** The last 1, 5, 15 and 60 minutes. */
  readonly windows: readonly WindowView[];
  /** Ten seconds each, of the last hour. */
  readonly series: readonly SlotView[];
  readonly calls: readonly LiveCallView[];
  /** Calls that are over. */
  readonly gone: readonly string[];
  readonly workers: readonly WorkerView[];
  readonly gateways: readonly GatewayView[];
}

export interface LeadTargets {
  readonly budgetMs: number;
  readonly teamMs: number | null;
  /** Per million tokens. */
  readonly inputPrice: number | null;
  readonly outputPrice: number | null;
  readonly currency: string;
}

export interface WindowView {
  readonly minutes: number;
  /** The model's first words on the screen; turns that nobody answered count at their age. */
  readonly firstWords: Percentiles | null;
  readonly sinceOldest: Percentiles | null;
  readonly answered: TurnShares;
  readonly unanswered: Readonly<Partial<Record<SettleReason, number>>>;
  readonly stages: StageMeans | null;
  readonly levels: LevelCounts;
  readonly withdrawn: number;
  readonly tokens: TokenUse;
  readonly ahead: AheadView;
  /** The cards that came up, the most shown first, fifty at most; null where they are as in the view before. */
  readonly cards: readonly CardUse[] | null;
}

/** How often a card came up, and what became of the suggestions that stand on it: none of these counts exceeds `suggested`. */
export interface CardUse {
  /** Empty for suggestions that stand on no card. */
  readonly cardId: string;
  readonly title: string | null;
  readonly shown: number;
  readonly suggested: number;
  readonly said: number;
  readonly used: number;
  readonly dismissed: number;
  readonly pinned: number;
}

export interface SlotView {
  readonly startMs: number;
  readonly firstWords: Percentiles | null;
  readonly answered: TurnShares;
  readonly stages: StageMeans | null;
  readonly levels: LevelCounts;
}

/** In milliseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Turns that deserve an answer, by who answered. */
export interface TurnShares {
  readonly model: number;
  readonly playbook: number;
  readonly nobody: number;
}

/** Averages that sum to the whole. */
export interface StageMeans {
  readonly turnMs: number;
  readonly busMs: number;
  readonly coalesceMs: number;
  readonly heldMs: number;
  readonly contextMs: number;
  readonly firstTokenMs: number;
  readonly networkMs: number;
  readonly renderMs: number;
}

export interface LevelCounts {
  readonly debounced: number;
  readonly replaced: number;
  readonly waited: number;
  readonly held: number;
  readonly expired: number;
}

/** Answers begun ahead of the end of a turn, and the median of what they hid; null when none was adopted. */
export interface AheadView {
  readonly counts: AheadCounts;
  readonly hiddenP50Ms: number | null;
}

/** Tokens are estimated; `shownTokens` are those of all completed suggestions of the model. */
export interface AheadCounts {
  readonly attempts: number;
  readonly adopted: number;
  readonly discardedTokens: number;
  readonly shownTokens: number;
}

/** Estimated from the texts. */
export interface TokenUse {
  readonly in: number;
  readonly out: number;
  readonly cancelledIn: number;
  readonly cancelledOut: number;
}

export interface LiveCallView {
  readonly callId: string;
  readonly workerId: string;
  readonly repName: string | null;
  readonly customerName: string | null;
  readonly company: string | null;
  readonly startedAtMs: number;
  readonly status: CallStatus;
  /** The rep's panel is connected and reads. */
  readonly connected: boolean;
  readonly lastLatencyMs: number | null;
  readonly lastSource: SuggestionSource | null;
  readonly repTalkMs: number;
  readonly customerTalkMs: number;
  readonly monologueMs: number;
  readonly monologueBy: Speaker | null;
  readonly shown: number;
  readonly used: number;
  readonly withdrawn: number;
  readonly repHeardAtMs: number | null;
  readonly customerHeardAtMs: number | null;
  /** Since when the oldest turn that deserves an answer waits for one. */
  readonly waitingSinceMs: number | null;
  readonly tokens: TokenUse;
  readonly playbookVersion: string | null;
  /** The persona that the rep rehearses with; absent for a call with a customer. */
  readonly rehearsesWith?: string;
}

export interface WorkerView {
  readonly workerId: string;
  readonly version: string;
  readonly heardAtMs: number;
  readonly gone: boolean;
  readonly draining: boolean;
  readonly calls: number;
  readonly playbookVersion: string;
  readonly playbookErrors: number;
  /** Below zero where its clock is ahead of the gateway's. */
  readonly clockBehindMs: number;
  readonly load: WorkerLoad | null;
}

export interface WorkerLoad {
  readonly model: ModelState;
  readonly slots: number;
  readonly used: number;
  readonly pending: number;
  readonly held: number;
}

export interface GatewayView {
  readonly gatewayId: string;
  readonly version: string;
  readonly heardAtMs: number;
  readonly gone: boolean;
  readonly draining: boolean;
  readonly calls: number;
  readonly viewers: number;
  readonly workers: number;
  readonly refused: number;
}

/** What became of a turn, or of a suggestion taken back before its turn had an outcome. A later record of the same id replaces it. */
export interface TurnRecord {
  readonly recordId: string;
  readonly turnId: string;
  readonly atMs: number;
  readonly ageMs: number;
  readonly outcome: TurnOutcome | null;
  readonly reason: SettleReason | null;
  readonly withdrawn: WithdrawReason | null;
  readonly suggestionId: string | null;
  readonly source: SuggestionSource | null;
  readonly firstWordsMs: number | null;
  readonly latency: SuggestionLatency | null;
  readonly networkMs: number | null;
  readonly renderMs: number | null;
  readonly held: boolean;
  readonly playbookVersion: string | null;
  readonly workerId: string;
  readonly epoch: number;
  /** The model that wrote it; absent for the playbook. */
  readonly model?: string;
}

/** Something seen of a watched call: one of the two. */
export interface CallSight {
  readonly event: CallEvent | null;
  readonly records: readonly TurnRecord[] | null;
}

/** What became of a line to a rep. `shown: false` says nothing: line or receipt may have been lost. */
export interface LineReceipt {
  readonly nudgeId: string;
  readonly shown: boolean;
  readonly afterMs: number;
}
