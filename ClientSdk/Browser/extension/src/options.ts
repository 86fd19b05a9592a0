import "../../design/tokens.css";
import "../../design/base.css";
import "../../side-panel/src/panel.css";
import { connectToGateway, loadAccessToken, loadGateway, saveGateway } from "./gateway-choice.js";

const find = <Element extends HTMLElement>(id: string) => document.getElementById(id) as Element;
const field = find<HTMLInputElement>("gateway");
const outcome = find("outcome");
const token = find<HTMLInputElement>("token");
[field.value, token.value] = [loadGateway(), loadAccessToken()];
find("setting").textContent = `--Gateway:AllowedOrigins:0=${location.origin}`;

find("settings").addEventListener("submit", (event) => {
  event.preventDefault();
  void check();
});

async function check(): Promise<void> {
  try {
    field.value = saveGateway(field.value, token.value);
    outcome.textContent = "Checking…";
    const connection = connectToGateway();
    await connection.start();
    await connection.stop();
    outcome.textContent = "Saved. The gateway answers and lets this extension in.";
  } catch (error) {
    outcome.textContent = error instanceof Error ? error.message : String(error);
  }
}
