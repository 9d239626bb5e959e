// grpc-js as either end of the ping service: "server", which prints "PORT n", or "client ADDRESS", which is told how many calls to make.
// Each line of standard input to the client is "CALLS IN_FLIGHT"; the answer is how many microseconds they took. Ends with standard input.
'use strict';

const path = require('node:path');
const readline = require('node:readline');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

const { PingService } = grpc.loadPackageDefinition(protoLoader.loadSync(path.join(__dirname, 'ping.proto'))).bench.v1;
const payload = Buffer.from(Array.from({ length: 100 }, (_, index) => (index * 31) & 0xff));

function serve() {
  const server = new grpc.Server();
  server.addService(PingService.service, { Unary: (call, callback) => callback(null, call.request) });
  server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(`PORT ${port}`);
  });
  process.stdin.resume().on('end', () => process.exit(0));
}

function once(client, number) {
  return new Promise((resolve, reject) => client.Unary({ number, payload }, (error, reply) => {
    if (error || reply.number !== number || Buffer.compare(reply.payload, payload) !== 0) {
      reject(error ?? new Error(`call ${number} came back changed`));
    } else {
      resolve();
    }
  }));
}

async function measure(client, calls, inFlight) {
  let next = 0;
  const worker = async () => {
    while (next < calls) await once(client, next++);
  };
  const started = process.hrtime.bigint();
  await Promise.all(Array.from({ length: inFlight }, worker));
  return Number(process.hrtime.bigint() - started) / 1000;
}

async function call(address) {
  const client = new PingService(address, grpc.credentials.createInsecure());
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [calls, inFlight] = line.split(' ').map(Number);
    console.log(await measure(client, calls, inFlight));
  }
  process.exit(0);
}

if (process.argv[2] === 'server') serve();
else call(process.argv[3]);
