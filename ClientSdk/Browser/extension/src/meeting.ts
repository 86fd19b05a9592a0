/** Captures the sound of the tab that the extension was invoked on; from then on it is silent until it is played again. */
export async function openMeeting(): Promise<MediaStream> {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const streamId = await chrome.tabCapture.getMediaStreamId(tab?.id === undefined ? {} : { targetTabId: tab.id }).catch((error: unknown) => {
    // Chrome lets an extension capture only a tab that its icon was clicked on.
    throw new DOMException(String(error), "NotAllowedError");
  });
  const source = { mandatory: { chromeMediaSource: "tab", chromeMediaSourceId: streamId } };
  return navigator.mediaDevices.getUserMedia({ audio: source as MediaTrackConstraints });
}
