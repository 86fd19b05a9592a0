import "../../design/tokens.css";
import "../../design/base.css";
import "../../side-panel/src/panel.css";

const outcome = document.getElementById("outcome");
const say = (words: string) => outcome && (outcome.textContent = words);

document.getElementById("allow")?.addEventListener("click", () => {
  navigator.mediaDevices.getUserMedia({ audio: true }).then(
    (stream) => {
      for (const track of stream.getTracks()) track.stop();
      say("Allowed. Close this page and go back to the meeting: the panel hears you.");
    },
    () => say("Not allowed. Click the sign beside the address, allow the microphone, and try again."),
  );
});
