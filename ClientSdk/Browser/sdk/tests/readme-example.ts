// The README's example, word for word: here it is type-checked.
import { CallClient, emptyBrief, statusLine } from "@teleprompter/sdk";

const client = new CallClient({ gateway: "http://localhost:5080" });
client.onError = (message) => console.warn(message);
client.onConnectFailed = (message) => console.warn(`Trying again: ${message}`);
client.subscribe(() => {
  const { view, connection } = client;
  document.body.textContent = `${statusLine(view.status, connection).text}: ${view.suggestion?.text ?? view.recent.at(-1)?.text ?? ""}`;
});
client.start({ brief: { ...emptyBrief, customerName: "Lee", product: "Relay" } });
client.hear({ segmentId: "c-1", speaker: "customer", text: "That is too expensive, isn't it?", final: true, startMs: 0, endMs: 2100 });
