// The same handler for SpiderMonkey and for QuickJS: plain wasi:http 0.2, no framework.
import { Fields, OutgoingBody, OutgoingResponse, ResponseOutparam } from 'wasi:http/types@0.2.12';
import { getEnvironment } from 'wasi:cli/environment@0.2.12';

let served = 0;

// QuickJS has no TextEncoder.
const utf8 = (text) => Uint8Array.from(unescape(encodeURIComponent(text)), (letter) => letter.charCodeAt(0));

export const incomingHandler = {
  handle(request, outparam) {
    served++;
    const who = Object.fromEntries(getEnvironment()).WHO ?? 'nobody';
    const document = { path: request.pathWithQuery() ?? '', who, served, squares: [1, 2, 3].map((n) => n * n) };
    const headers = Fields.fromList([['content-type', utf8('application/json')]]);
    const response = new OutgoingResponse(headers);
    const body = response.body();
    ResponseOutparam.set(outparam, { tag: 'ok', val: response });
    {
      const stream = body.write();
      stream.blockingWriteAndFlush(utf8(JSON.stringify(document)));
      stream[Symbol.dispose]();
    }
    OutgoingBody.finish(body, undefined);
  },
};
