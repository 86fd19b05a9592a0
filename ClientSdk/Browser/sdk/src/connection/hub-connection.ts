import { HttpTransportType, HubConnectionBuilder, LogLevel, Subject } from "@microsoft/signalr";
import type { HubConnection as SignalRConnection, IHttpConnectionOptions } from "@microsoft/signalr";
import type { AudioFrame, CallEvent, CallHub, SpeechFrame } from "../wire/messages.js";
import type { Connection } from "./hub-link.js";
import { SignInError, type SignIn } from "./sign-in.js";

/** A stream of both voices to the hub's `SendAudio`. */
export interface AudioStream {
  next(frame: AudioFrame): void;
  complete(): void;
  /** Bytes that wait in the socket. */
  readonly backlog: number;
  /** Rejects with the hub's error where it refuses what comes. */
  readonly ended: Promise<void>;
}

/** The part of a SignalR connection that a call needs. */
export interface HubConnection extends Connection<CallEvent> {
  /** Rejects with the hub's error, or when the connection is lost before the answer. */
  invoke<Method extends keyof CallHub>(method: Method, ...args: Parameters<CallHub[Method]>): Promise<ReturnType<CallHub[Method]>>;
  sendAudio(): AudioStream;
  /** Gives a rehearsal's buyer's voice to a handler, frame by frame. */
  onSpeech(handler: (frame: SpeechFrame) => void): void;
}

/**
 * A connection to the hub of calls over WebSockets alone, which notices within 4 s that the other side is gone.
 * @param url The hub, e.g. `/hubs/call`.
 * @param signIn Gets the tickets that let the connection in; absent where nobody signs in.
 */
export function signalRConnection(url: string, signIn?: SignIn): HubConnection {
  let socket: WebSocket | null = null;
  // SignalR does not tell what waits in its socket; it does let the socket's class be ours, an option that its types leave out.
  const watched = () => class extends WebSocket {
    constructor(address: string) {
      super(address);
      socket = this;
    }
  };
  const connection = buildConnection(url, signIn, ("WebSocket" in globalThis ? { WebSocket: watched() } : {}) as IHttpConnectionOptions);
  return Object.assign(connection, {
    onSpeech: (handler: (frame: SpeechFrame) => void) => connection.on("ReceiveSpeech", handler),
    sendAudio(): AudioStream {
      const frames = new Subject<AudioFrame>();
      const ended = connection.invoke<void>("SendAudio", frames);
      return {
        ended,
        next: (frame) => frames.next(frame),
        complete: () => frames.complete(),
        get backlog() {
          return socket?.bufferedAmount ?? 0;
        },
      };
    },
  });
}

/** SignalR's connection to any hub of the gateway, as the wire asks: WebSockets alone, keep-alive every second, 4 s of silence at most. */
export function buildConnection(url: string, signIn?: SignIn, options: IHttpConnectionOptions = {}): SignalRConnection {
  const lease = signIn?.connection((ticket) => connection.invoke("RenewSignIn", ticket));
  const tickets: IHttpConnectionOptions = lease ? { accessTokenFactory: lease.ticket } : {};
  const connection: SignalRConnection = new HubConnectionBuilder()
    .withUrl(url, { ...options, ...tickets, transport: HttpTransportType.WebSockets, skipNegotiation: true })
    .withKeepAliveInterval(1000)
    .withServerTimeout(4000)
    // It logs lost connections as errors; the status line tells the rep.
    .configureLogging(LogLevel.None)
    .build();
  connection.onclose(() => lease?.close());
  const start = connection.start.bind(connection);
  // A browser does not tell a page why a WebSocket was refused, and SignalR guesses at causes that are never ours.
  connection.start = () => start().catch((error: unknown) => {
    lease?.close();
    if (error instanceof SignInError) throw error;
    const page = globalThis.location?.origin ?? "this origin";
    throw new Error(
      `The gateway did not let this page connect to ${connection.baseUrl}. ` +
        `Is it running there, and is ${page} one of its Gateway:AllowedOrigins?`,
    );
  });
  return connection;
}
