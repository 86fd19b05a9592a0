import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import type { CallEvent, CallHub } from "./messages.js";

/** The part of a SignalR connection that a call needs. */
export interface HubConnection {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Rejects with the hub's error, or when the connection is lost before the answer. */
  invoke<Method extends keyof CallHub>(method: Method, ...args: Parameters<CallHub[Method]>): Promise<ReturnType<CallHub[Method]>>;
  on(method: "Receive", handler: (event: CallEvent) => void): void;
  onclose(handler: (error?: Error) => void): void;
}

/**
 * A connection over WebSockets alone, which notices within 4 s that the other side is gone.
 * @param url The hub, e.g. `/hubs/call`.
 */
export function signalRConnection(url: string): HubConnection {
  const connection = new HubConnectionBuilder()
    .withUrl(url, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
    .withKeepAliveInterval(1000)
    .withServerTimeout(4000)
    // It logs lost connections as errors; the status line tells the rep.
    .configureLogging(LogLevel.None)
    .build();
  const start = connection.start.bind(connection);
  // A browser does not tell a page why a WebSocket was refused, and SignalR guesses at causes that are never ours.
  connection.start = () => start().catch(() => {
    throw new Error(`The gateway did not let this page connect to ${connection.baseUrl}. Is it running there, and is ${globalThis.location?.origin ?? "this origin"} one of its Gateway:AllowedOrigins?`);
  });
  return connection;
}

