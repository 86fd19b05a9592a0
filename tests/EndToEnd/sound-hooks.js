// Stands in for what a test cannot click: the browser's own dialogue in which a tab is chosen. The tab's sound is a recording of the customer's voice, which
// runs beside the fake microphone's recording of the rep's. And for what a test cannot do to its machine: unplug the microphone, or sleep.
(() => {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  const hands = (window.hands = { tracks: {}, contexts: [], unplugged: false });
  let microphoneSince = 0;

  window.AudioContext = class extends AudioContext {
    constructor(...options) {
      super(...options);
      hands.contexts.push(this);
    }
  };

  devices.getUserMedia = async (constraints) => {
    if (hands.unplugged) throw new DOMException("Requested device not found", "NotFoundError");
    const stream = await ask(constraints);
    microphoneSince ||= performance.now();
    [hands.tracks.rep] = stream.getAudioTracks();
    return stream;
  };

  devices.getDisplayMedia = async () => {
    const context = new AudioContext();
    const answer = await fetch("/test/customer.wav");
    const buffer = await context.decodeAudioData(await answer.arrayBuffer());
    const source = new AudioBufferSourceNode(context, { buffer });
    const meeting = context.createMediaStreamDestination();
    source.connect(meeting);
    source.start(0, (performance.now() - microphoneSince) / 1000);
    [hands.tracks.customer] = meeting.stream.getAudioTracks();
    return meeting.stream;
  };

  /** As when the device is pulled out, or the tab closed. */
  hands.end = (speaker) => hands.tracks[speaker].dispatchEvent(new Event("ended"));

  /** As when the machine goes to sleep and wakes. */
  hands.sleep = () => hands.contexts.forEach((each) => each.suspend());

  hands.plugIn = () => {
    hands.unplugged = false;
    devices.dispatchEvent(new Event("devicechange"));
  };
})();
