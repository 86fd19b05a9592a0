import "../../design/tokens.css";
import "../../design/base.css";
import "../../side-panel/src/panel.css";
import { signalRConnection } from "@teleprompter/sdk";
import { loadGateway, saveGateway } from "./gateway-address.js";

const find = <Element extends HTMLElement>(id: string) => document.getElementById(id) as Element;
const field = find<HTMLInputElement>("gateway");
const outcome = find("outcome");
field.value = loadGateway();
find("setting").textContent = `--Gateway:AllowedOrigins:0=${location.origin}`;

find("settings").addEventListener("submit", (event) => {
  event.preventDefault();
  void check();
});

async function check(): Promise<void> {
  try {
    field.value = saveGateway(field.value);
    outcome.textContent = "Checking…";
    const connection = signalRConnection(`${field.value}/hubs/call`);
    await connection.start();
    await connection.stop();
    outcome.textContent = "Saved. The gateway answers and lets this extension in.";
  } catch (error) {
    outcome.textContent = error instanceof Error ? error.message : String(error);
  }
}
