import https from 'node:https';
import { IncomingMessage } from 'node:http';
import type {
  ITwitterApiBeforeRequestHookArgs,
  ITwitterApiClientPlugin,
  TwitterApiReadWrite,
} from 'twitter-api-v2';
import type { XCredentials } from '../../config.ts';
import { type Answer, parseBody } from '../../publish/answer.ts';
import type { Fence } from '../../publish/publisher.ts';
import { judgeEgress } from './egress-rules.ts';
import type { XConnection } from './open-connection.ts';

/** One request of ours and how long its answer may take. `send` makes the library send it. */
export type ExchangeRequest = {
  connection: XConnection;
  credentials: XCredentials;
  fence: Fence;
  deadlineMs: number;
  send: (client: TwitterApiReadWrite['v2'], options: SendOptions) => Promise<unknown>;
};

/** Handed to every call of the library: text mode, because its own reading of errors throws on `{"errors":[null]}`. */
type SendOptions = { forceParseMode: 'text'; fullResponse: true };

export type Exchanged =
  | { kind: 'answered'; answer: Answer; headersAfterMs: number | null }
  /** The fence said no, or the request was not on the list: nothing left. */
  | { kind: 'stopped'; by: 'fence' | 'list'; detail: string };

/** The library is loaded while the connection is opened, not when the program starts. */
export function loadLibrary(): Promise<Pick<typeof import('twitter-api-v2'), 'TwitterApi'>> {
  return import('twitter-api-v2');
}

/**
 * Sends one request over one open connection and waits for the whole answer, until the deadline. Never rejects, never repeats,
 * always closes the connection. What the library makes of the answer is ignored: its errors hide the status and may throw, so the
 * answer is taken from the response itself, and whether anything left from the guard.
 */
export async function exchange(request: ExchangeRequest): Promise<Exchanged> {
  const { connection, credentials, deadlineMs } = request;
  const { guard } = connection;
  if (!connection.take()) {
    const message = 'the connection was used or closed before';
    return answered({ kind: 'failure', phase: 'before-write', code: 'USED', message });
  }
  const listener = new ResponseListener();
  const deadline = Promise.withResolvers<void>();
  const expire = (): void => {
    guard.abandon('DEADLINE', `no whole answer within ${String(Math.round(deadlineMs))} ms`);
    deadline.resolve();
  };
  // One more turn, so that what has arrived is read first: a process that was frozen wakes to its timers before its
  // sockets, and need not doubt an answer that waits for it.
  const timer = setTimeout(() => setImmediate(expire), deadlineMs);
  try {
    const { TwitterApi } = await loadLibrary();
    if (guard.state.kind === 'idle') {
      guard.arm(request.fence);
      const keys = { appKey: credentials.apiKey, appSecret: credentials.apiSecret };
      const tokens = { accessToken: credentials.accessToken, accessSecret: credentials.accessSecret };
      const plugins = [new OneRequest(connection, listener)];
      const client = new TwitterApi(
        { ...keys, ...tokens },
        { compression: false, httpAgent: new RefusingAgent(), plugins },
      );
      const sent = request.send(client.readWrite.v2, { forceParseMode: 'text', fullResponse: true });
      // The library may settle late, or never: its promise is heard, not waited for.
      await Promise.race([
        Promise.resolve(sent).catch((error: unknown) => listener.hear(error)),
        deadline.promise,
      ]);
    }
    return conclude(connection, listener);
  } catch (error) {
    listener.hear(error);
    return conclude(connection, listener);
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}

/** The guard knows what left, the listener what came. */
function conclude({ guard }: XConnection, listener: ResponseListener): Exchanged {
  const { state } = guard;
  switch (state.kind) {
    case 'stopped':
      return { kind: 'stopped', by: 'fence', detail: state.detail };
    case 'refused':
      return { kind: 'stopped', by: 'list', detail: state.detail };
    case 'lost':
      return answered({ kind: 'failure', phase: 'before-write', code: state.code, message: state.detail });
    case 'idle':
    case 'armed':
      return answered({
        kind: 'failure',
        phase: 'before-write',
        code: 'LIBRARY',
        message: listener.libraryError ?? 'no request was made',
      });
    case 'sent':
      break;
  }
  const response = listener.answer();
  if (response !== null) return { kind: 'answered', answer: response, headersAfterMs: listener.headersAt };
  const { code, message } = guard.failure ?? {
    code: 'LIBRARY',
    message: listener.libraryError ?? 'no answer',
  };
  return answered({ kind: 'failure', phase: 'after-write', code, message });
}

function answered(answer: Answer): Exchanged {
  return { kind: 'answered', answer, headersAfterMs: null };
}

/** Takes the answer from the response itself: status, headers, bytes, and whether it came to its end. */
class ResponseListener {
  /** On the process's own clock (performance.now), null before the headers came. */
  headersAt: number | null = null;
  libraryError: string | null = null;
  #response: IncomingMessage | null = null;
  readonly #chunks: Buffer[] = [];

  onEvent(event: string, data: unknown): void {
    if (event !== 'response' || typeof data !== 'object' || data === null || !('res' in data)) return;
    if (!(data.res instanceof IncomingMessage)) return;
    this.#response = data.res;
    this.headersAt = performance.now();
    data.res.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
  }

  /** Only the message: error objects of the library hold the signed request. */
  hear(error: unknown): void {
    this.libraryError = error instanceof Error ? error.message : 'the library failed';
  }

  answer(): Answer | null {
    const response = this.#response;
    if (response?.statusCode === undefined) return null;
    const body = parseBody(Buffer.concat(this.#chunks).toString('utf8'));
    return {
      kind: 'response',
      status: response.statusCode,
      headers: response.headers,
      body,
      complete: response.complete,
    };
  }
}

/** Gives the library our connection for its one request, after the list has seen what it is about to send. */
class OneRequest implements ITwitterApiClientPlugin {
  readonly #connection: XConnection;
  readonly #listener: ResponseListener;

  constructor(connection: XConnection, listener: ResponseListener) {
    this.#connection = connection;
    this.#listener = listener;
  }

  onBeforeRequest({ params, computedParams, requestOptions }: ITwitterApiBeforeRequestHookArgs): void {
    const { url, method, body } = computedParams;
    const { target, guard } = this.#connection;
    const verdict = judgeEgress({ method, target: url.pathname + url.search, body: body?.toString() ?? '' });
    if (verdict.kind === 'refused') {
      guard.refuse(verdict.why);
      throw new Error(verdict.why);
    }
    params.requestEventDebugHandler = (event, data: unknown) => this.#listener.onEvent(event, data);
    // The signature is made already, for X's own address; only the Host header follows the target. The scheme
    // stays, because the library asks node:https whatever the connection is.
    if (target.kind === 'loopback') {
      const local = new URL(url);
      local.hostname = target.host.includes(':') ? `[${target.host}]` : target.host;
      local.port = String(target.port);
      computedParams.url = local;
    }
    // With no agent Node asks createConnection, and closes the connection after the answer.
    delete requestOptions.agent;
    requestOptions.createConnection = () => guard;
  }
}

/** For requests that the plugin did not see (the library's streams pass it by): they get no connection. */
class RefusingAgent extends https.Agent {
  override createConnection(): never {
    throw new Error('only prepared connections lead to X');
  }
}
