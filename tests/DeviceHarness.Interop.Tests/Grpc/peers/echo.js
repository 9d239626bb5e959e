// What both peers share: the service's description and the payloads.
'use strict';

const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

const options = { keepCase: true, longs: Number, defaults: true, oneofs: true, includeDirs: [__dirname] };

function load(file) {
  return grpc.loadPackageDefinition(protoLoader.loadSync(path.join(__dirname, file), options));
}

const channelOptions = {
  'grpc.max_receive_message_length': 4 * 1024 * 1024,
  'grpc.max_send_message_length': -1,
};

// A ping a second, also while nothing is called; only a hang reaches the time-out.
const keepAlive = {
  'grpc.keepalive_time_ms': 1000,
  'grpc.keepalive_timeout_ms': 600000,
  'grpc.keepalive_permit_without_calls': 1,
};

// A payload that shows whether octets were lost, doubled or moved.
function payload(octets) {
  const bytes = Buffer.alloc(octets);
  for (let i = 0; i < octets; i++) bytes[i] = (i * 31 + (i >> 8)) & 0xff;
  return bytes;
}

function isPayload(bytes) {
  return Buffer.compare(bytes, payload(bytes.length)) === 0;
}

// { name: [text or { base64 }] } to metadata and back.
function toMetadata(pairs) {
  const metadata = new grpc.Metadata();
  for (const [name, values] of Object.entries(pairs ?? {})) {
    for (const value of values) {
      metadata.add(name, typeof value === 'string' ? value : Buffer.from(value.base64, 'base64'));
    }
  }
  return metadata;
}

function fromMetadata(metadata) {
  const pairs = {};
  for (const name of Object.keys(metadata.getMap())) {
    pairs[name] = metadata.get(name).map(value => (typeof value === 'string' ? value : value.toString('base64')));
  }
  return pairs;
}

module.exports = {
  grpc, protoLoader, channelOptions, keepAlive, payload, isPayload, toMetadata, fromMetadata,
  EchoService: load('echo.proto').echo.v1.EchoService,
  Health: load('grpc/health/v1/health.proto').grpc.health.v1.Health,
  Reflection: load('grpc/reflection/v1/reflection.proto').grpc.reflection.v1.ServerReflection,
};
