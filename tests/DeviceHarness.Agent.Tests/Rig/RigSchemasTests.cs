using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

public sealed class RigSchemasTests
{
    private const string RigSample = """
        {
          "rig": "bench-01", "description": "A bench.", "request-signatures": "where-known",
          "device-status-rules": "mp105", "clock": { "scale": 1 }, "key-rotation": { "repeats": 1, "after": "5m" },
          "alert-throttle": { "limit": 1, "period": "1h", "never": [ "8F35" ] }, "anomaly-thresholds": {
            "name": "any", "source": "any", "window": "1h", "limits": [ { "user": "IS", "srv": "7.2", "at-most": 1 } ] },
          "migration-rules": { "slow-after": "1h", "attempts": 5 }, "installations": {
            "house": { "devices": [ "esme-01" ], "elsewhere": [ {
              "type": "GSME", "eui64": "90-B3-D5-1F-30-00-00-B1", "model": "any", "firmware": "1",
              "activity": { "smso": "active" }, "owners": { "supplier-certificate": "90-B3-D5-1F-30-01-00-01" } } ] } },
          "firmware-update-rules": "secmp0007", "firmware-register": "rigs/firmware.yaml",
          "products-list": [ { "type": "ESME", "model": "any", "firmware": "4.2.0" } ],
          "step-kinds": [ { "assembly": "README.md", "type": "Any.Kind" } ], "tamper": [ { "via": "virtual", "device": "esme-01" } ],
          "users": { "IS": "90-B3-D5-1F-30-01-00-01" }, "duis-versions": { "IS": "3.1" }, "parallel": 2,
          "power": {
            "feeds": { "mains": { "via": "virtual", "devices": [ "esme-01" ], "minimum-off": "1s", "minimum-on": "1s" } },
            "sense": [ { "via": "virtual", "device": "esme-01", "terminal": "mains" } ]
          },
          "devices": {
            "esme-01": {
              "type": "ESME", "eui64": "90-B3-D5-1F-30-00-00-A0", "smets": 1, "status": "Commissioned", "firmware": "4.2.0",
              "profile": "any", "driver": { "assembly": "README.md", "type": "Any.Class" },
              "cohort": "MOC", "activity": { "smso": "active", "supplier": "dormant" },
              "owners": {
                "registrations": [
                  { "role": "IS", "user": "90-B3-D5-1F-30-01-00-01", "from": "2026-01-01T00:00:00Z", "to": "2027-01-01T00:00:00Z" }
                ],
                "supplier-certificate": "90-B3-D5-1F-30-01-00-01", "network-operator-certificate": "90-B3-D5-1F-30-01-00-03",
                "network-operator-certificate-at-s1sp": "90-B3-D5-1F-30-01-00-05"
              },
              "link": { "via": "virtual", "model": "esme.yaml", "baud": 9600, "format": "8N1", "paced": true, "faults": "seed=1" },
              "keys": {
                "password": "test:a", "secret": "test:b", "encryption-key": "test:c", "authentication-key": "test:d", "master-key": "test:e"
              },
              "overrides": {
                "response-timeout": "1s", "retries": 1,
                "association": {
                  "mechanism": "lls", "password": "test:a", "secret": "test:b", "encryption-key": "test:c", "authentication-key": "test:d",
                  "context": "ln", "suite": 0, "protection": "auth-enc", "wrapper": "service", "dedicated-key": false,
                  "lists": true, "general-blocks": false, "general-block-window": 4,
                  "client-title": "4D4D4D0000000001", "attempt-limit": 3, "master-key": "test:e",
                  "server-title": "4D4D4D0000000002", "lock-time": "10m", "security-setup": "0-0:43.0.0.255"
                }
              },
              "facts": { "any": "thing" }
            },
            "esme-02": {
              "type": "ESME", "eui64": "90-B3-D5-1F-30-00-00-A1", "profile": "any",
              "link": { "via": "serial", "port": "/dev/ttyUSB0", "format": "7E1" }
            },
            "esme-03": {
              "type": "ESME", "eui64": "90-B3-D5-1F-30-00-00-A2", "profile": "any",
              "link": { "via": "tcp", "address": "192.0.2.7:4059", "framing": "wrapper" }
            },
            "esme-04": { "type": "ESME", "eui64": "90-B3-D5-1F-30-00-00-A3", "profile": "any",
              "link": { "via": "serial", "port": "/dev/ttyUSB1", "baud": 9600, "sign-on": "iec62056-21-e" } },
            "esme-05": { "type": "ESME", "eui64": "90-B3-D5-1F-30-00-00-A4", "profile": "any",
              "link": { "via": "tcp", "address": "192.0.2.7:4060", "sign-on": "iec62056-21-e", "baud": 300 } },
            "chf-01": { "type": "CHF", "eui64": "90-B3-D5-1F-30-00-00-A5", "profile": "any", "supplied-by": "esme-01", "wear-limit": 20,
              "link": { "via": "virtual", "model": "hub.yaml" } },
            "ppmid-01": { "type": "PPMID", "eui64": "90-B3-D5-1F-30-00-00-A6", "profile": "any", "link": { "via": "hub", "hub": "chf-01" } }
          }
        }
        """;

    private const string HandSample = """
        {
          "rig": "bench-01", "users": { "IS": "90-B3-D5-1F-30-01-00-01" },
          "tamper": [
            { "via": "virtual", "device": "esme-01", "cover": "terminal" },
            { "via": "gpio", "device": "esme-02", "cover": "meter", "chip": "pins", "line": 3, "active-low": true, "bias": "as-is",
              "debounce": "1ms", "seen-by": { "chip": "pins", "line": "A", "active-low": true, "bias": "pull-up", "debounce": "1ms" } }
          ],
          "buttons": [
            { "via": "virtual", "device": "esme-01", "button": "boost-1" },
            { "via": "gpio", "device": "esme-02", "button": "display", "chip": "pins", "line": 4, "active-low": true, "bias": "as-is",
              "debounce": "1ms", "seen-by": { "chip": "pins", "line": 5 } }
          ],
          "power": { "sense": [ { "via": "i2c", "sensor": "ina226", "bus": "/dev/i2c-1", "address": 64, "shunt": 0.1, "maximum": 0.5,
            "reads": "voltage", "on-at": 6, "off-at": 3.5, "period": "100ms", "device": "esme-02", "terminal": "hub" } ] },
          "devices": {
            "esme-01": { "type": "ESME", "eui64": "90-B3-D5-1F-30-00-00-A0", "profile": "any",
              "link": { "via": "virtual", "model": "esme.yaml" } },
            "esme-02": { "type": "ESME", "eui64": "90-B3-D5-1F-30-00-00-A1", "profile": "any",
              "link": { "via": "serial", "port": "/dev/ttyUSB0" } }
          }
        }
        """;

    private const string AdapterSample = """
        {
          "rig": "bench-01", "users": { "IS": "90-B3-D5-1F-30-01-00-01" },
          "adapters": {
            "zb-01": {
              "kind": "ezsp", "via": "serial", "port": "/dev/ttyUSB2", "baud": 57600, "flow-control": "xon-xoff", "role": "joiner",
              "channels": [ 15 ], "extended-pan-id": "1122334455667788", "secrets": { "install-code": "test:83FE" },
              "certificates": "keys"
            },
            "zb-02": { "kind": "ezsp", "via": "virtual", "model": "adapter.yaml", "test-authority": 1, "pan-id": 6754 }
          },
          "devices": {
            "gsme-01": {
              "type": "GSME", "eui64": "90-B3-D5-1F-30-00-00-B1", "profile": "any", "link": { "via": "han", "adapter": "zb-01" }
            }
          }
        }
        """;

    private const string PowerSample = """
        {
          "rig": "bench-01", "users": { "IS": "90-B3-D5-1F-30-01-00-01" },
          "power": {
            "inrush-spacing": "2s",
            "boards": {
              "relays": { "kind": "modbus", "via": "serial", "port": "/dev/relays", "baud": 9600, "address": 2 },
              "spare": { "kind": "lcus", "via": "virtual" }
            },
            "feeds": {
              "first": {
                "via": "gpio", "chip": "pinctrl-bcm2711", "line": "GPIO17", "active-low": true, "bias": "as-is", "debounce": "0s",
                "contact": "normally-closed", "devices": [ "esme-01" ], "load": 1.5, "daily-limit": 10
              },
              "second": {
                "via": "relay-board", "board": "relays", "channel": 2, "contact": "normally-open", "devices": [ "esme-02" ],
                "fed-by": "first"
              },
              "third": {
                "via": "http", "devices": [ "esme-03" ], "authorization": "test:a",
                "on": { "method": "GET", "url": "http://strip/on", "body": "" }, "off": { "method": "PUT", "url": "http://strip/off" },
                "state": { "method": "GET", "url": "http://strip/", "body": "", "on-when": "on" }
              },
              "fourth": { "via": "exec", "devices": [ "esme-04" ], "on": [ "switch", "on" ], "off": [ "switch", "off" ] }
            },
            "sense": [
              { "via": "gpio", "chip": "a", "line": "b", "active-low": false, "bias": "pull-up", "debounce": "5ms",
                "device": "esme-01", "terminal": "mains" }
            ],
            "isolation": { "via": "gpio", "chip": "a", "line": "c", "active-low": true, "bias": "pull-up", "debounce": "5ms" },
            "acknowledge": { "via": "virtual" }
          },
          "devices": {
            "esme-01": { "type": "ESME", "eui64": "90-B3-D5-1F-30-00-00-A0", "profile": "any",
              "link": { "via": "serial", "port": "/dev/ttyUSB0" } },
            "esme-02": { "type": "ESME", "eui64": "90-B3-D5-1F-30-00-00-A1", "profile": "any",
              "link": { "via": "serial", "port": "/dev/ttyUSB1" } },
            "esme-03": { "type": "ESME", "eui64": "90-B3-D5-1F-30-00-00-A2", "profile": "any",
              "link": { "via": "serial", "port": "/dev/ttyUSB2" } },
            "esme-04": { "type": "ESME", "eui64": "90-B3-D5-1F-30-00-00-A3", "profile": "any",
              "link": { "via": "rfc2217", "address": "192.0.2.7:2217", "format": "8N1", "sign-on": "iec62056-21-e", "baud": 9600 } }
          }
        }
        """;

    private const string FirmwareSample = """
        {
          "images": [
            {
              "sha256": "e619e349c8b3074827bca9e8b997773d8e6128d621032785177096f778daf28e", "type": "ESME", "model": "any",
              "version": "4.2.1", "provider": "A Supplier", "received": "2026-01-31"
            }
          ],
          "upgrades": [ { "type": "ESME", "model": "any", "from": "4.2.0", "to": "4.2.1" } ],
          "dependencies": [ { "what": "firmware", "provider": "a maker", "need-by": "2026-01-31", "met": "2026-01-30" } ],
          "baseline": { "go-live": "2026-07-31", "stable-months": 6 }
        }
        """;

    private const string ProfileSample = """
        {
          "profile": "any", "description": "A meter.", "device-type": "ESME", "protocol": "dlms-hdlc",
          "link": {
            "client-address": 1, "server-address": { "octets": 4, "upper": 1, "lower": 17 }, "maximum-information": 128, "window": 1,
            "response-timeout": "2s", "inter-octet-timeout": "200ms", "retries": 3, "inactivity-timeout": "120s",
            "sign-on": {
              "device-address": "12345", "initial-baud": 300, "rate": "agreed", "after-disc": "sign-on", "tries": 3,
              "response-timeout": "2s", "inter-character-timeout": "1500ms", "retry-break": "1600ms", "switch-pause": "300ms"
            }
          },
          "association": {
            "mechanism": "lls", "password": "test:12345678", "maximum-pdu": 1024, "release": false, "secret": "test:a",
            "encryption-key": "test:b", "authentication-key": "test:c", "context": "ln", "suite": 0, "protection": "auth-enc",
            "wrapper": "service", "dedicated-key": false, "lists": true, "general-blocks": false, "general-block-window": 4,
            "client-title": "4D4D4D0000000001", "server-title": "4D4D4D0000000002", "attempt-limit": 3,
            "master-key": "test:e", "lock-time": "10m", "security-setup": "0-0:43.0.0.255"
          },
          "objects": {
            "active-energy-import": { "class": 3, "name": "1-0:1.8.0.255", "value": 2, "scaler-unit": 3, "unit": "Wh" },
            "reactive-energy-import": { "class": 3, "name": "1-0:3.8.0.255", "value": 2, "scaler-unit": 3, "unit": "varh" },
            "clock": { "class": 8, "name": "0-0:1.0.0.255", "time": 2 },
            "supply-state": { "class": 70, "name": "0-0:96.3.10.255", "state": 3 },
            "firmware-active": { "class": 1, "name": "1-0:0.2.0.255", "value": 2 },
            "daily-read-log": { "class": 7, "name": "0-0:98.1.9.255" }, "event-log": { "class": 7, "name": "0-0:99.98.0.255" },
            "security-log": { "class": 7, "name": "0-0:99.98.1.255" }, "power-event-log": { "class": 7, "name": "0-0:99.98.4.255" }
          },
          "alerts": {
            "code": { "class": 1, "name": "0-0:96.11.0.255", "attribute": 2 }, "part": [ 2, 1 ], "codes": { "17": "8F35" }
          },
          "image-transfer": {
            "class": 18, "name": "0-0:44.0.0.255", "manufacturer-code": 65521, "image-type": 1, "hardware-version": 1,
            "recovery-timeout": "3m", "verification-timeout": "5m", "activation-timeout": "5m",
            "schedule": { "class": 22, "name": "0-0:15.0.2.255" }
          },
          "reads": READS,
          "writes": WRITES,
          "supply-switch": SWITCH
        }
        """;

    private const string HubSample = """
        {
          "profile": "any", "description": "A hub.", "device-type": "CHF", "protocol": "dlms-hdlc",
          "link": {
            "client-address": 1, "server-address": { "octets": 1, "upper": 1 }, "maximum-information": 128,
            "response-timeout": "2s", "inter-octet-timeout": "200ms", "retries": 3, "inactivity-timeout": "120s"
          },
          "association": { "mechanism": "lls", "password": "test:12345678", "maximum-pdu": 1024 },
          "hub-objects": {
            "identity": { "class": 1, "name": "0-0:96.1.0.255", "value": 2 },
            "firmware-active": { "class": 1, "name": "0-0:0.2.0.255", "value": 2 },
            "clock": { "class": 8, "name": "0-0:1.0.0.255", "time": 2 },
            "event-log": { "class": 7, "name": "0-0:99.98.0.255" }, "security-log": { "class": 7, "name": "0-0:99.98.1.255" },
            "power-event-log": { "class": 7, "name": "0-0:99.98.4.255" },
            "han-device-log": { "class": 104, "name": "0-0:30.3.0.255", "entries": 2, "register": 1, "unregister": 2 },
            "wan-status": { "class": 1, "name": "0-0:94.44.120.1", "value": 2 },
            "alert-queue": { "class": 7, "name": "0-0:99.98.16.255" }
          },
          "quirks": [ { "quirk": "mute", "srvs": [ "8.11" ], "expect": "refused", "reason": "It says nothing.", "source": "assumption" } ]
        }
        """;

    private const string DisplaySample = """
        {
          "profile": "any", "description": "A display.", "device-type": "PPMID", "protocol": "dlms-hdlc",
          "link": {
            "client-address": 1, "server-address": { "octets": 1, "upper": 1 }, "maximum-information": 128,
            "response-timeout": "2s", "inter-octet-timeout": "200ms", "retries": 3, "inactivity-timeout": "120s"
          },
          "association": { "mechanism": "lls", "password": "test:12345678", "maximum-pdu": 1024 },
          "hub-objects": {
            "identity": { "class": 1, "name": "0-0:96.1.0.255", "value": 2 },
            "firmware-active": { "class": 1, "name": "0-0:0.2.0.255", "value": 2 },
            "clock": { "class": 8, "name": "0-0:1.0.0.255", "time": 2 }
          },
          "han-objects": {
            "identity": { "class": 1, "name": "0-1:96.1.0.255", "value": 2 },
            "firmware-active": { "class": 1, "name": "0-1:0.2.0.255", "value": 2 }
          },
          "image-transfer": {
            "class": 18, "name": "0-1:44.0.0.255", "manufacturer-code": 65521, "image-type": 2, "hardware-version": 1,
            "recovery-timeout": "3m", "verification-timeout": "5m", "activation-timeout": "5m"
          }
        }
        """;

    private const string Script =
        """{ "method": "script", "class": 9, "name": "0-0:10.0.106.255", "execute": 1, "enable": 51, "disable": 52 }""";

    private const string Control =
        """{ "method": "disconnect-control", "class": 70, "name": "0-0:96.3.10.255", "reconnect": 2, "disconnect": 1 }""";

    [Fact]
    public void Schema_and_reader_of_rig_files_know_the_same_keys_and_words()
    {
        SchemaContract contract = new(
            RigSchemas.Rig, text => Check(() => RigConfigurationReader.Parse(text, Path.Combine(RepositoryRoot.Path, "rig.yaml"))));

        contract.Differences(
            RigSample,
            HandSample,
            AdapterSample,
            PowerSample,
            RigSample.Replace(
                "\"firmware-update-rules\": \"secmp0007\"",
                "\"firmware-update-rules\": { \"name\": \"mine\", \"source\": \"a paper\", \"ppmid-cohorts\": [ \"MOC\" ], "
                + "\"ppmid-request-cohorts\": [ \"FOC\" ], \"additional-types\": [ \"CHF\" ] }",
                StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Schema_and_reader_of_firmware_registers_know_the_same_keys_and_words()
    {
        SchemaContract contract = new(
            RigSchemas.Firmware, text => Check(() => FirmwareRegisterReader.Parse(text, "/firmware.yaml")));

        contract.Differences(FirmwareSample).Should().BeEmpty();
    }

    [Fact]
    public void Schema_and_loader_of_profiles_know_the_same_keys_and_words()
    {
        SchemaContract contract = new(RigSchemas.Profile, text => Check(() => DeviceProfileLoader.Load(text, "/profile.yaml")));

        contract.Differences(
            SampleOf(Script, ProfileReadsSample.Text, ProfileWritesSample.Text),
            SampleOf(Control, "{}", "{}"),
            HubSample,
            DisplaySample).Should().BeEmpty();
    }

    [Fact]
    public void Schema_and_loader_of_gas_meter_profiles_know_the_same_keys_and_words()
    {
        SchemaContract contract = new(DeviceProfileSchema.Han, text => Check(() => SmartEnergyProfile.Load(text, "/gsme.yaml")));

        contract.Differences(
            """
            {
              "profile": "any", "description": "A meter.", "device-type": "GSME", "protocol": "zigbee-se", "smart-energy": "1.2",
              "endpoint": 1, "wake-interval": "30m", "response-timeout": "10s", "firmware-version": "software-build",
              "firmware": { "manufacturer-code": 1, "image-type": 2, "hardware-version": 1, "activation-timeout": "40m" },
              "clock": "written", "provider-id": 1, "event-codes": { "0022": "8154" }, "alarm-codes": { "02": "8F3F" },
              "logs": {
                "daily-read-log": { "by": "snapshots", "causes": 1, "capacity": 31 },
                "import-profile": {
                  "by": "sampled-data", "sample-id": 0, "interval": "30m", "capacity": 1, "at-once": 1, "times": "end"
                },
                "network-data-log": { "by": "none" }, "daily-consumption-log": { "by": "profile" }
              },
              "quirks": [ { "quirk": "any", "srvs": [ "2.2" ], "expect": "refused", "reason": "any", "source": "any" } ]
            }
            """).Should().BeEmpty();
    }

    private static string SampleOf(string supplySwitch, string reads, string writes) => ProfileSample
        .Replace("READS", reads, StringComparison.Ordinal)
        .Replace("WRITES", writes, StringComparison.Ordinal).Replace("SWITCH", supplySwitch, StringComparison.Ordinal);

    private static IReadOnlyList<SchemaFault> Check(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (ConfigurationException fault)
        {
            return [new SchemaFault(fault.Code, fault.Key, fault.Allowed)];
        }
    }
}
