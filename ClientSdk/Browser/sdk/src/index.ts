export * from "./messages.js";
export * from "./call-view.js";
export * from "./status-line.js";
export { CallClient, type CallClientOptions, type CallTicket, type StartOptions } from "./call-client.js";
export { systemClock, type Clock } from "./clock.js";
export { signalRConnection, type HubConnection } from "./hub-connection.js";
export type { Timing } from "./timings.js";
export { TurnDebounce } from "./turn-taking/turn-debounce.js";
export { script, type CallTurn, type TimedSegment } from "./turn-taking/call-script.js";
