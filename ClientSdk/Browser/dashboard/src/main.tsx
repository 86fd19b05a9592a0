import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "../../design/tokens.css";
import "../../design/base.css";
import "./dashboard.css";
import { buildConnection, SignIn } from "@teleprompter/sdk";
import { App } from "./app.js";
import { LeadClient } from "./fleet/lead-client.js";

const root = document.getElementById("dashboard");
if (root) {
  const signIn = new SignIn("..");
  const client = new LeadClient(() => buildConnection("../hubs/lead", signIn));
  client.start();
  render(<App client={client} signIn={signIn} />, root);
}
