import { Capture, type CaptureView, type CallStatus, type SourceTrouble, type Speaker } from "@teleprompter/sdk";

/** How a page gets at sound; what is absent is had as any page has it. */
export interface SoundSurroundings {
  readonly capture?: () => Capture;
  /** Gets the meeting's sound, which is silent until it is played. */
  readonly openMeeting?: () => Promise<MediaStream>;
  /** What to do where the meeting cannot be shared. */
  readonly meetingHint?: string;
  /** Lets the rep allow the microphone elsewhere, where this page cannot ask. */
  readonly allowMicrophone?: () => void;
}

/** The sound of a call in this page. */
export interface Sound {
  readonly capture: Capture;
  /** Asks for what carries a voice: the microphone, or the meeting. */
  readonly ask: (speaker: Speaker) => Promise<void>;
  /** What to do where the meeting cannot be shared; null where the browser's own words do. */
  readonly meetingHint: string | null;
  /** The call was listened to before the page was loaded anew, which ended that. */
  readonly interrupted: boolean;
}

export function openSound({ capture: open = () => new Capture(), openMeeting, meetingHint, allowMicrophone }: SoundSurroundings, interrupted = false): Sound {
  const capture = open();
  const ask = async (speaker: Speaker) => {
    if (speaker === "customer") return openMeeting ? capture.useStream("customer", openMeeting, true) : capture.useTab();
    await capture.useMicrophone();
    const { rep } = capture.view;
    if (rep.phase === "trouble" && rep.trouble === "refused") allowMicrophone?.();
  };
  if (allowMicrophone) whenAllowed(() => capture.view.rep.phase === "trouble" && void ask("rep"));
  return { capture, ask, meetingHint: meetingHint ?? null, interrupted };
}

/** Whether anybody is, was or should be heard. */
export function wasHeard({ capture: { view }, interrupted }: Sound): boolean {
  return interrupted || view.rep.phase !== "off" || view.customer.phase !== "off";
}

/** Runs an action once the microphone has been allowed, e.g. on another page. */
function whenAllowed(action: () => void): void {
  navigator.permissions?.query({ name: "microphone" as PermissionName }).then(
    (permission) => (permission.onchange = () => permission.state === "granted" && action()),
    // A browser that does not tell needs another click.
    () => {},
  );
}

const troubles: Readonly<Record<Speaker, Readonly<Record<SourceTrouble, string>>>> = {
  rep: {
    refused: "Your microphone is not allowed here. Allow it beside the address, then try again.",
    missing: "There is no microphone. Plug one in and it is used at once.",
    inUse: "Another program holds your microphone. Close it there, then try again.",
    withoutSound: "That microphone gives no sound. Try again with another.",
    ended: "Your microphone was switched off here. Switch it on again to be heard.",
    unplugged: "Your microphone is gone. Plug it in, or another, and it is used at once.",
    silenced: "Your microphone is muted by the system or by a switch on it.",
    stalled: "The sound stopped. It is being started again.",
    unsupported: "This page cannot use a microphone. Open it over https or from localhost.",
  },
  customer: {
    refused: "Nothing is shared, so the customer is not heard. Share the meeting's tab.",
    missing: "There was nothing to share. Open the meeting in a tab, then share it.",
    inUse: "The browser could not capture that. Share the meeting's tab again.",
    withoutSound: "What you shared has no sound. Share the tab again, with its sound switched on.",
    ended: "The shared tab is gone. Share it again to hear the customer.",
    unplugged: "What carried the customer's voice is gone. Share the meeting's tab again.",
    silenced: "The shared tab is muted for now.",
    stalled: "The sound stopped. It is being started again.",
    unsupported: "This browser cannot share a tab's sound. Use Chrome or Edge, or the extension.",
  },
};

/** What the rep must know of the sound, most important first: what happened, and what to do. */
export function soundNotices(
  view: CaptureView, lostSeconds: number, status: Pick<CallStatus, "transcription"> | null, { meetingHint, interrupted }: Pick<Sound, "meetingHint" | "interrupted">,
  speakers: readonly Speaker[] = ["rep", "customer"],
): readonly string[] {
  const both = speakers.length > 1;
  const captured = view.rep.phase === "on" || view.customer.phase === "on";
  if (status?.transcription === "none") return captured ? ["This gateway takes text only: voices do not become words. Type what matters."] : [];
  const notices = (["customer", "rep"] as const).flatMap((speaker) => {
    const state = view[speaker];
    if (state.phase !== "trouble") return [];
    return [speaker === "customer" && state.trouble === "refused" && meetingHint !== null ? meetingHint : troubles[speaker][state.trouble]];
  });
  if (interrupted && status && view.rep.phase === "off" && view.customer.phase === "off") {
    notices.push(`Nobody is heard since this page was loaded again. Use your microphone${both ? " and share the meeting" : ""}.`);
  }
  if (captured && notices.length === 0 && status) {
    if (both && view.customer.phase === "off") notices.push("Only you are heard. Share the meeting's tab to hear the customer.");
    if (view.rep.phase === "off") notices.push("Only the customer is heard. Use your microphone to be heard too.");
  }
  if (lostSeconds >= 0.1) notices.push(`${lostSeconds.toFixed(1)} s of sound was lost: the computer or the network is too slow.`);
  if (captured && view.detector === "loudness") notices.push("Speech is told from noise by loudness alone here.");
  return [...new Set(notices)];
}

/** How long a frame that was given up lasts, in seconds. */
export const frameSeconds = 0.032;
