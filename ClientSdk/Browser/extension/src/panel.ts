import "../../design/tokens.css";
import "../../design/base.css";
import "../../side-panel/src/panel.css";
import { mount } from "@teleprompter/side-panel";
import { connectToGateway, loadGateway } from "./gateway-choice.js";
import { openMeeting } from "./meeting.js";

const root = document.getElementById("panel");
if (root) {
  mount(root, {
    connect: connectToGateway,
    openMeeting,
    meetingHint: "Go to the meeting's tab, click Teleprompter's icon there, then share it.",
    allowMicrophone: () => void chrome.tabs.create({ url: "microphone.html" }),
    gatewayChoice: { address: loadGateway, change: () => void chrome.runtime.openOptionsPage() },
  });
}
