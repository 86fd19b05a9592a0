import type { ScoreCheck, ScoreQuestion, SegmentView } from "@teleprompter/sdk";

const labels: Readonly<Record<ScoreQuestion, string>> = {
  askedBeforeTelling: "Asked before telling",
  answeredQuestions: "Answered the questions",
  provedClaims: "Gave proof for claims",
  recovered: "Recovered from each interruption",
  keptItShort: "Kept it short",
  letTheBuyerTalk: "Let the buyer talk",
  fewFillers: "Few filler words",
  nextStep: "Agreed a next step",
};

/** What a check is about; a question that this panel does not know is named by its own words. */
export function questionLabel({ question }: Pick<ScoreCheck, "question">): string {
  return labels[question] ?? question.replace(/^./, (first) => first.toUpperCase()).replace(/(?<=.)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** How many checks had a yes. */
export function yesLine(checks: readonly ScoreCheck[]): string {
  return `${checks.filter((each) => each.passed).length} of ${checks.length} yes`;
}

/** Where in the page the words of a moment are. */
export function momentId(atMs: number, turns: readonly { readonly segments: readonly SegmentView[] }[]): string | null {
  const turn = turns.findLast(({ segments: [first] }) => first && first.startMs <= atMs) ?? turns[0];
  return turn?.segments[0] ? turnId(turn.segments[0]) : null;
}

export const turnId = (first: SegmentView) => `said-${first.startMs}-${first.speaker}`;
