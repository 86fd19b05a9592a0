// A microphone that speaks when a test says so, and what the page really plays: both measured on the same clock.
(() => {
  const rep = (window.rep = { spokeAt: null });
  const heard = (window.heard = { playing: false, silentSince: 0, stretches: 0 });

  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    const answer = await fetch("/test/rep.wav");
    const buffer = await context.decodeAudioData(await answer.arrayBuffer());
    const microphone = context.createMediaStreamDestination();
    /** The rep says a few words; the recording begins with the first. */
    rep.speak = () => {
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(microphone);
      source.start();
      rep.spokeAt = performance.now();
    };
    return microphone.stream;
  };

  window.AudioWorkletNode = class extends AudioWorkletNode {
    constructor(context, name, ...options) {
      super(context, name, ...options);
      if (name !== "teleprompter-speech") return;
      const analyser = new AnalyserNode(context, { fftSize: 256 });
      const samples = new Float32Array(analyser.fftSize);
      this.connect(analyser);
      setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const playing = samples.some((each) => Math.abs(each) > 1e-4);
        if (playing === heard.playing) return;
        heard.playing = playing;
        if (playing) heard.stretches++;
        else heard.silentSince = performance.now();
      }, 2);
    }
  };
})();
