import "../../design/tokens.css";
import "../../design/base.css";
import "../../side-panel/src/panel.css";
import { deleteCall, readCallReport, readConsentPolicy, readPersonas } from "@teleprompter/sdk";
import { mount } from "@teleprompter/side-panel";
import { connectToGateway, extensionSignIn, loadGateway, signIn } from "./gateway-choice.js";
import { openMeeting } from "./meeting.js";

const root = document.getElementById("panel");
if (root) {
  mount(root, {
    connect: connectToGateway,
    readReport: (ticket) => readCallReport(ticket, loadGateway(), signIn()),
    deleteCall: (ticket) => deleteCall(ticket, loadGateway(), signIn()),
    readPolicy: () => readConsentPolicy(loadGateway(), signIn()),
    readPersonas: () => readPersonas(loadGateway(), signIn()),
    ownSignIn: extensionSignIn,
    openMeeting,
    meetingHint: "Go to the meeting's tab, click Teleprompter's icon there, then share it.",
    allowMicrophone: () => void chrome.tabs.create({ url: "microphone.html" }),
    gatewayChoice: { address: loadGateway, change: () => void chrome.runtime.openOptionsPage() },
  });
}
