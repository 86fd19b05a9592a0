import type { AudioStream, HubConnection } from "../connection/hub-connection.js";
import { HubLink } from "../connection/hub-link.js";
import type { CallEvent, CallHub, StartCallReply } from "../wire/messages.js";

/** Keeps one connection to the hub of calls. */
export class CallLink extends HubLink<HubConnection, CallEvent, StartCallReply> {
  /** Calls a method of the hub. Rejects with a `LinkLost` when the answer cannot come any more. */
  invoke<Method extends keyof CallHub>(method: Method, ...args: Parameters<CallHub[Method]>): Promise<ReturnType<CallHub[Method]>> {
    return this.ask((connection) => connection.invoke(method, ...args));
  }

  /** Opens the stream of voices; null without a connection. */
  openAudio(): AudioStream | null {
    return this.connection?.sendAudio() ?? null;
  }
}
