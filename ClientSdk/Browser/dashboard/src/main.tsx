import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "../../design/tokens.css";
import "../../design/base.css";
import "./dashboard.css";
import { App } from "./app.js";
import { LeadClient } from "./fleet/lead-client.js";

const root = document.getElementById("dashboard");
if (root) {
  const client = new LeadClient();
  client.start();
  render(<App client={client} />, root);
}
