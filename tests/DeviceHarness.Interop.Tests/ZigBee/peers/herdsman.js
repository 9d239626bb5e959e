// A ZigBee host on a serial port: forms a network, opens it, interviews the first device that joins, reads it, updates its firmware over
// the air, reads that, and stops. Arguments: the port, the firmware file. Writes one JSON line for each thing that happened.
"use strict";

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { Controller, setLogger } = require("zigbee-herdsman");

const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const quiet = () => {};
const complain = (message) => process.stderr.write(`${typeof message === "function" ? message() : message}\n`);
setLogger({ debug: process.env.HERDSMAN_DEBUG ? complain : quiet, info: quiet, warning: quiet, error: complain });

async function run(port, image) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "harness-herdsman-"));
  const controller = new Controller({
    network: {
      panID: 0x1a62,
      extendedPanID: Array(8).fill(0xdd),
      channelList: [15],
      networkKey: [1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 13],
    },
    serialPort: { path: port, baudRate: 115200, rtscts: false, adapter: "ember" },
    databasePath: path.join(folder, "database"),
    databaseBackupPath: path.join(folder, "database.backup"),
    backupPath: path.join(folder, "network.json"),
    adapter: { disableLED: false },
    acceptJoiningDeviceHandler: async () => true,
  });
  try {
    const interviewed = new Promise((resolve, reject) => {
      controller.on("deviceInterview", ({ status, device }) => {
        if (status === "successful") {
          resolve(device);
        } else if (status === "failed") {
          reject(new Error("the interview failed"));
        }
      });
    });
    const result = await controller.start();
    const version = await controller.getCoordinatorVersion();
    const network = await controller.getNetworkParameters();
    say({ event: "started", result, ezsp: version.meta.ezsp, channel: network.channel, panId: network.panID });
    await controller.permitJoin(60);
    const device = await interviewed;
    const endpoint = device.endpoints[0];
    const read = await endpoint.read("genBasic", ["modelId", "manufacturerName", "swBuildId"]);
    const clock = await endpoint.read("genTime", ["timeStatus"]);
    say({
      event: "read",
      address: device.ieeeAddr,
      type: device.type,
      endpoints: device.endpoints.map(({ ID, profileID, deviceID, inputClusters }) => ({ ID, profileID, deviceID, inputClusters })),
      model: device.modelID,
      manufacturer: device.manufacturerName,
      read,
      clock,
    });
    const pace = { requestTimeout: 20000, responseDelay: 0, baseSize: 48 };
    const [from, to] = await device.updateOta({ url: image }, undefined, undefined, {}, quiet, pace);
    const { swBuildId } = await endpoint.read("genBasic", ["swBuildId"]);
    say({ event: "updated", from: from.fileVersion, to: to?.fileVersion, firmware: swBuildId });
    await controller.stop();
    say({ event: "stopped" });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

run(process.argv[2], process.argv[3]).then(
  () => process.exit(0),
  (error) => {
    complain(error.stack || error);
    process.exit(1);
  },
);
