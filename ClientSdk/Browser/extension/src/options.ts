import "../../design/tokens.css";
import "../../design/base.css";
import "../../side-panel/src/panel.css";
import { connectToGateway, extensionSignIn, loadGateway, saveGateway } from "./gateway-choice.js";

const find = <Element extends HTMLElement>(id: string) => document.getElementById(id) as Element;
const field = find<HTMLInputElement>("gateway");
const outcome = find("outcome");
field.value = loadGateway();
find("redirect").textContent = chrome.identity.getRedirectURL();
find("setting").textContent = `--Gateway:AllowedOrigins:0=${location.origin}`;

find("settings").addEventListener("submit", (event) => {
  event.preventDefault();
  void check();
});

async function check(): Promise<void> {
  try {
    field.value = saveGateway(field.value);
    outcome.textContent = "Checking…";
    const who = await askWho();
    const connection = connectToGateway();
    await connection.start();
    await connection.stop();
    outcome.textContent = `Saved. The gateway answers and lets ${who ?? "this extension"} in.`;
  } catch (error) {
    outcome.textContent = error instanceof Error ? error.message : String(error);
  }
}

/** @returns Who is signed in, after signing in where need be; null where nobody needs to, or the provider gives no name. */
async function askWho(): Promise<string | null> {
  try {
    return (await extensionSignIn.page()).name;
  } catch (error) {
    if (!extensionSignIn.needed) throw error;
  }
  outcome.textContent = "Sign in in the window that opens.";
  await extensionSignIn.signIn();
  return (await extensionSignIn.page()).name;
}
