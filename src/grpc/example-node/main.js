'use strict';
// npm ci; mkdir data; node main.js --folder data --port 7402 --stock bolts=10 --stock nuts=20
//
// Serves a stock whose reservations are part of its callers' transactions. Plain text, so on this machine alone: beyond it,
// grpc.ServerCredentials.createSsl gives the server its identity, and grpc.credentials.createSsl the coordinators' clients;
// then look at who calls, as participant.proto says.

const path = require('node:path');
const { parseArgs } = require('node:util');
const grpc = require('@grpc/grpc-js');
const { loadSync } = require('@grpc/proto-loader');
const { Participant } = require('./participant');
const { Stock } = require('./stock');
const { failure } = require('./wire');

const { values: options } = parseArgs({
  options: {
    name: { type: 'string', default: 'stock' },
    folder: { type: 'string', default: 'data' },
    port: { type: 'string', default: '7402' },
    // Of an empty folder.
    stock: { type: 'string', multiple: true, default: ['bolts=10'] },
    workTimeout: { type: 'string', default: '60000' },
    // A caller names its coordinator: only those on these hosts are believed.
    coordinatorHost: { type: 'string', multiple: true, default: ['localhost'] },
    // Where avow/v1 is.
    contract: { type: 'string', default: path.join(__dirname, '../../grpc-contract/main/proto') },
  },
});

function load(file) {
  const includeDirs = [options.contract, __dirname];
  const definition = loadSync(file, { includeDirs, longs: String, enums: String, oneofs: true, defaults: true });
  return grpc.loadPackageDefinition(definition);
}

const { ParticipantService } = load('avow/v1/participant.proto').avow.v1;
const { CoordinatorService } = load('avow/v1/coordinator.proto').avow.v1;
const { Stock: StockService } = load('stock.proto').example.stock.v1;

const coordinators = new Map();

function coordinatorAt(address) {
  if (!options.coordinatorHost.includes(address.replace(/:\d+$/, ''))) {
    throw new Error(`the coordinator at ${address} isn't known here`);
  }
  if (!coordinators.has(address)) {
    coordinators.set(address, new CoordinatorService(address, grpc.credentials.createInsecure()));
  }
  return coordinators.get(address);
}

function serve(server) {
  const stock = new Stock(options.stock.map((each) => each.split('=')).map(([item, count]) => [item, Number(count)]));
  const { name, folder } = options;
  const workTimeout = Number(options.workTimeout);
  const participant = new Participant({ name, folder, store: stock, workTimeout, coordinatorAt });

  server.addService(ParticipantService.service, {
    tell({ request }, reply) {
      try {
        reply(null, { number: request.number, ...participant.tell(request) });
      } catch (wrong) {
        reply(null, { number: request.number, ...failure(wrong.message) });
      }
    },
    listInDoubt(call, reply) {
      reply(null, { transactions: participant.inDoubt() });
    },
  });

  server.addService(StockService.service, {
    reserve({ request, metadata }, reply) {
      participant
        .work(metadata, (work) => stock.reserve(work, request.item, request.count))
        .then(() => reply(null, {}), reply);
    },
    count({ request }, reply) {
      reply(null, stock.count(request.item));
    },
  });
}

const server = new grpc.Server();
server.bindAsync(`127.0.0.1:${options.port}`, grpc.ServerCredentials.createInsecure(), (failed, port) => {
  if (failed) {
    throw failed;
  }
  // Only then the journal: a second process on this port must not have touched it.
  serve(server);
  console.log(`listening on ${port}`);
});
