// The echo service on grpc-js. Prints "PORT n" when it listens; ends with its standard input.
// Arguments: none; "keepalive" to ping its clients; "tolerant", which it is; or PEM files for mutual TLS: authority, certificate, key.
'use strict';

const fs = require('node:fs');
const { grpc, channelOptions, keepAlive, EchoService } = require('./echo.js');

let cancelled = 0;
const waiting = [];

function countCancelled() {
  cancelled++;
  for (const look of waiting.splice(0)) look();
}

// Answers when at least as many calls as asked for have been cancelled.
function answerCancelled(call, callback) {
  if (cancelled >= call.request.number) callback(null, { number: cancelled });
  else waiting.push(() => answerCancelled(call, callback));
}

function reply(request) {
  return {
    text: request.text,
    number: request.number,
    payload: request.reply_octets === 0 ? request.payload : Buffer.alloc(request.reply_octets, 0x5a),
  };
}

// Sends the client's "x-" metadata back; gives the trailers.
function returnMetadata(call, request) {
  const trailers = new grpc.Metadata();
  if (request.return_metadata) {
    const headers = new grpc.Metadata();
    for (const name of Object.keys(call.metadata.getMap()).filter(key => key.startsWith('x-'))) {
      for (const value of call.metadata.get(name)) {
        headers.add(name, value);
        trailers.add('trailer-' + name, value);
      }
    }
    call.sendMetadata(headers);
  }
  return trailers;
}

function failure(request, trailers) {
  return { code: request.fail_code, details: request.fail_text, metadata: trailers };
}

function unary(call, callback) {
  const trailers = returnMetadata(call, call.request);
  if (call.request.hang) {
    call.on('cancelled', countCancelled);
  } else if (call.request.fail_code !== 0) {
    callback(failure(call.request, trailers));
  } else {
    callback(null, reply(call.request), trailers);
  }
}

function download(call) {
  const request = call.request;
  const trailers = returnMetadata(call, request);
  let number = 0;
  let ended = false;
  call.on('cancelled', () => {
    ended = true;
    countCancelled();
  });
  const pump = () => {
    while (!ended && number < request.reply_count) {
      const room = call.write({ ...reply(request), number: number++ });
      if (!room) {
        call.once('drain', pump);
        return;
      }
    }
    if (ended || request.hang) return;
    if (request.fail_code !== 0) call.emit('error', failure(request, trailers));
    else call.end(trailers);
  };
  pump();
}

function upload(call, callback) {
  const result = { count: 0, octets: 0, last_number: 0 };
  let ended = false;
  const end = (error) => {
    if (!ended) {
      ended = true;
      callback(error, result);
    }
  };
  call.on('cancelled', () => { ended = true; countCancelled(); });
  call.on('data', request => {
    result.count++;
    result.octets += request.payload.length;
    result.last_number = request.number;
    if (request.fail_code !== 0) end(failure(request));
    else if (request.end_now) end(null);
  });
  call.on('end', () => end(null));
}

function chat(call) {
  let ended = false;
  call.on('cancelled', () => { ended = true; countCancelled(); });
  call.on('data', request => {
    if (ended) return;
    const trailers = returnMetadata(call, request);
    if (request.hang) {
      ended = true;
      call.pause();
    } else if (request.fail_code !== 0) {
      ended = true;
      call.emit('error', failure(request, trailers));
    } else if (request.end_now) {
      ended = true;
      call.end();
    } else if (!call.write(reply(request))) {
      call.pause();
      call.once('drain', () => call.resume());
    }
  });
  call.on('end', () => { if (!ended) call.end(); });
}

const isKeptAlive = process.argv[2] === 'keepalive';
const server = new grpc.Server(isKeptAlive ? { ...channelOptions, ...keepAlive } : channelOptions);
server.addService(EchoService.service, {
  Unary: unary,
  Download: download,
  Upload: upload,
  Chat: chat,
  CountCancelled: answerCancelled,
});
const [ca, cert, key] = (process.argv.length > 3 ? process.argv.slice(2) : []).map(file => fs.readFileSync(file));
const credentials = ca
  ? grpc.ServerCredentials.createSsl(ca, [{ private_key: key, cert_chain: cert }], true)
  : grpc.ServerCredentials.createInsecure();
server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
  if (error) throw error;
  console.log('PORT ' + port);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
