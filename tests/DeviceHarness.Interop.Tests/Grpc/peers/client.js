// A grpc-js client that is told what to call: one JSON command a line on standard input, one JSON answer a line on standard output.
// Answers carry what the command's "id" was, so that several commands may run at once.
'use strict';

const readline = require('node:readline');
const { grpc, protoLoader, channelOptions, keepAlive, payload, isPayload, toMetadata, fromMetadata, EchoService, Health, Reflection } =
  require('./echo.js');

const gzip = 2;

const clients = new Map();
const open = new Map();

function credentialsOf(tls) {
  return tls ? grpc.credentials.createSsl(Buffer.from(tls.ca), Buffer.from(tls.key), Buffer.from(tls.cert)) : grpc.credentials.createInsecure();
}

function clientFor(command, service = EchoService) {
  const key = JSON.stringify([service.serviceName, command.address, command.maxReceive, command.gzip, command.tls, command.keepAlive]);
  if (!clients.has(key)) {
    const options = { ...channelOptions };
    if (command.maxReceive) options['grpc.max_receive_message_length'] = command.maxReceive;
    if (command.gzip) options['grpc.default_compression_algorithm'] = gzip;
    if (command.keepAlive) Object.assign(options, keepAlive);
    clients.set(key, new service(command.address, credentialsOf(command.tls), options));
  }
  return clients.get(key);
}

function requestOf(command, number) {
  const request = { ...command.request };
  if (command.octets !== undefined) request.payload = payload(command.octets);
  if (number !== undefined) request.number = number;
  return request;
}

function optionsOf(command) {
  return command.deadlineMs === undefined ? {} : { deadline: Date.now() + command.deadlineMs };
}

function show(reply) {
  return reply && { text: reply.text, number: reply.number, octets: reply.payload?.length, same: reply.payload && isPayload(reply.payload) };
}

// Collects what every call shows: headers, status, trailers.
function watch(command, call, done) {
  const seen = { headers: {}, code: null };
  call.on('metadata', metadata => { seen.headers = fromMetadata(metadata); });
  call.on('status', status => {
    seen.code = status.code;
    seen.details = status.details;
    seen.trailers = fromMetadata(status.metadata);
    setImmediate(() => done(seen));
  });
  open.set(command.id, call);
  return seen;
}

function unary(command, done) {
  let reply;
  const call = clientFor(command)[command.method ?? 'Unary'](
    requestOf(command), toMetadata(command.metadata), optionsOf(command), (error, value) => { reply = value; });
  watch(command, call, seen => done({ ...seen, reply: show(reply) }));
}

function download(command, done) {
  const call = clientFor(command).Download(requestOf(command), toMetadata(command.metadata), optionsOf(command));
  const seen = watch(command, call, result => done({ ...result, count, inOrder }));
  let count = 0;
  let inOrder = true;
  call.on('error', () => {});
  call.on('data', reply => {
    inOrder &&= reply.number === count;
    count++;
    if (count === command.cancelAfter) call.cancel();
    if (count === command.pauseAfter) {
      // The reader rests while other calls run on the same connection.
      call.pause();
      others(command).then(() => call.resume());
    }
  });
  return seen;
}

async function others(command) {
  for (let number = 0; number < command.others; number++) {
    await new Promise((resolve, reject) =>
      clientFor(command).Unary({ number }, (error, value) => (error || value.number !== number ? reject(error) : resolve())));
  }
}

// grpc-js queues without bound and grows slow with its queue: no more than this many requests wait for their replies.
const chatWindow = 500;

async function pump(command, call, room) {
  for (let number = 0; number < command.count; number++) {
    if (room) await room(number);
    if (!call.write(requestOf(command, number))) await new Promise(resolve => call.once('drain', resolve));
  }
  if (command.last) call.write(command.last);
  if (!command.keepOpen) call.end();
}

function upload(command, done) {
  let reply;
  const call = clientFor(command).Upload(toMetadata(command.metadata), optionsOf(command), (error, value) => { reply = value; });
  watch(command, call, seen => done({ ...seen, reply }));
  pump(command, call);
}

function chat(command, done) {
  const call = clientFor(command).Chat(toMetadata(command.metadata), optionsOf(command));
  let count = 0;
  let inOrder = true;
  let proceed = null;
  const room = async number => {
    while (number - count >= chatWindow) await new Promise(resolve => { proceed = resolve; });
  };
  watch(command, call, seen => done({ ...seen, count, inOrder }));
  call.on('error', () => {});
  call.on('data', reply => {
    inOrder &&= reply.number === count;
    count++;
    proceed?.();
    if (count === command.cancelAfter) call.cancel();
    if (count === command.idleAfter) {
      others(command).then(() => {
        call.write(requestOf(command, count));
        call.end();
      });
    }
  });
  pump(command, call, room);
}

// Many chats at once; answers when all have ended.
function crowd(command, done) {
  const results = [];
  for (let number = 0; number < command.streams; number++) {
    chat({ ...command, id: `${command.id}/${number}` }, result => {
      results.push(result);
      if (results.length === command.streams) {
        done({ code: Math.max(...results.map(r => r.code)), count: results.reduce((sum, r) => sum + r.count, 0),
          inOrder: results.every(r => r.inOrder) });
      }
    });
  }
}

function unknownService(command, done) {
  const call = clientFor(command).makeUnaryRequest(
    '/nothing.v1.Nothing/Unary', value => value, value => value, Buffer.alloc(0), () => {});
  watch(command, call, done);
}

function health(command, done) {
  const client = clientFor(command, Health);
  let status;
  if (!command.watch) {
    const call = client.Check({ service: command.service }, (error, value) => { status = value?.status; });
    watch(command, call, seen => done({ ...seen, status }));
    return;
  }
  const call = client.Watch({ service: command.service });
  call.on('error', () => {});
  call.on('data', value => {
    status = value.status;
    call.cancel();
  });
  watch(command, call, seen => done({ ...seen, status }));
}

// Field 1 of a FileDescriptorSet, once for each file.
function descriptorSet(files) {
  return Buffer.concat(files.map(file => {
    const length = [];
    for (let rest = file.length; ; rest >>= 7) {
      length.push(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
      if (rest < 0x80) break;
    }
    return Buffer.concat([Buffer.from([0x0a, ...length]), file]);
  }));
}

// Learns a service from the server itself and calls its method Unary.
function reflect(command, done) {
  const method = Reflection.service.ServerReflectionInfo;
  const call = clientFor(command, Reflection).makeBidiStreamRequest(
    `/${command.version}.ServerReflection/ServerReflectionInfo`, method.requestSerialize, method.responseDeserialize);
  const answers = [];
  call.on('error', error => done({ code: error.code, details: error.details }));
  call.on('data', answer => answers.push(answer));
  call.on('end', () => {
    const services = answers[0].list_services_response.service.map(service => service.name);
    const definition = protoLoader.loadFileDescriptorSetFromBuffer(
      descriptorSet(answers[1].file_descriptor_response.file_descriptor_proto), { keepCase: true, longs: Number, defaults: true });
    const Learnt = command.service.split('.').reduce((part, name) => part[name], grpc.loadPackageDefinition(definition));
    clientFor(command, Learnt).Unary({ number: 77 }, (error, value) => done({ code: error?.code ?? 0, services, reply: show(value) }));
  });
  call.write({ list_services: '*' });
  call.write({ file_containing_symbol: command.service });
  call.end();
}

const commands = { unary, download, upload, chat, crowd, unknownService, health, reflect };

readline.createInterface({ input: process.stdin }).on('line', line => {
  const command = JSON.parse(line);
  if (command.op === 'cancel') {
    open.get(command.target).cancel();
    return;
  }
  commands[command.op](command, answer => {
    open.delete(command.id);
    console.log(JSON.stringify({ id: command.id, ...answer }));
  });
}).on('close', () => process.exit(0));
console.log('READY');
