using System.Text.Json.Nodes;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Packs.Loader;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Loader;

public sealed class PackSchemaTests
{
    private const string Sample = """
        {
          "pack": "sample", "title": "A sample", "version": "1", "kind": "smoke", "owner": "tests", "budget": "5m", "purpose": "For tests.",
          "needs": {
            "esme": { "type": "ESME", "device": "esme-01", "facts": [ "import-reading-wh" ] },
            "other": "ESME"
          },
          "cases": [ {
            "id": "C-1", "for-each": { "name": "row", "in": [ "a", { "id": "b", "value": 1 } ] },
            "title": "A case", "device": "esme", "srv": "4.1.1", "budget": "1m", "repeat": "never",
            "preconditions": [ { "device": "esme", "status": "Commissioned" } ],
            "steps": [
              {
                "name": "read", "timeout": "5s", "on-miss": "continue", "change": "wearing", "times": 2,
                "request": {
                  "srv": "6.11", "role": "IS", "device": "esme", "command-variant": 4, "via": "send-command", "lose-response": false,
                  "body": { "CurrentDateTime": "${now}", "TolerancePeriod": 10 }
                },
                "expect": {
                  "acknowledgement": "I99", "response": "I0", "outcome": "Done", "success": true,
                  "body": {
                    "DeviceTime": { "within": "4s", "of": "${now}", "present": true },
                    "Other": { "equals": "1", "one-of": [ "1" ], "matches": "1", "at-least": 1, "at-most": 1 },
                    "All": [ { "present": true } ]
                  }
                }
              },
              {
                "request": { "srv": "4.1.1", "target": "90-B3-D5-1F-30-00-00-A0" },
                "capture": { "first": "Value", "at": "started" }
              },
              {
                "request": { "srv": "4.1.1" },
                "expect": { "body": { "Value": {
                  "advanced": { "from": "${first}", "since": "${at}", "at-most-per-hour": 1, "resolution": 1, "by-at-least": 0 }
                } } }
              },
              { "request": { "srv": "11.1", "delivery": "unchecked", "body": {
                "FirmwareImage": "AAAA", "FirmwareVersion": "1", "DeviceIDList": "${device.eui64}"
              } } },
              { "request": { "xml": "<a/>" }, "expect": { "refusal": { "path": "/a", "message": { "matches": "a" } } } },
              { "wait": "1s", "name": "wait", "timeout": "5s", "when": "missed" },
              { "inventory": { "device": "esme", "status": "Suspended" }, "name": "suspend", "timeout": "5s", "when": "met" },
              { "status-log": { "status": "Complete", "within": "1s" }, "name": "log", "timeout": "5s", "on-miss": "block" },
              { "status-log": "Complete",
                "repeat": { "until": "met", "every": "1s", "at-most": 3, "within": "2s", "unsafe": "never" } },
              { "alert": { "code": "8F35", "device": "esme", "within": "1s", "count": 2, "forwarded-at-most": 1 }, "name": "a",
                "timeout": "5s" }, { "alert": { "code": "none", "besides": [ "8145" ] } }, { "alert": "none",
                "repeat": { "until": "met", "every": "1s", "at-most": 3, "within": "2s", "unsafe": "never" } },
              { "rotate-key": { "key": "management", "device": "esme", "by": "bench", "expect": "confirmed" }, "name": "rotate",
                "timeout": "1m", "when": "met", "on-miss": "continue" },
              { "probe-key": { "device": "esme", "with": "held", "expect": "candidate" }, "name": "probe", "timeout": "1m",
                "when": "missed", "on-miss": "end" },
              { "for-each": { "name": "x", "in": [ 1 ] }, "steps": [ { "wait": "0s" } ] }
            ],
            "cleanup": [ { "wait": "0s" }, { "for-each": { "name": "x", "in": [ 1 ] }, "steps": [ { "wait": "0s" } ] },
              { "request": { "srv": "7.1" } },
              { "inventory": { "status": "Commissioned" } }, { "status-log": "Complete" }, { "alert": "8F35" } ],
            "signature": { "issue": 110029, "when": [ "missed 1", "met 2" ] },
            "assess": { "effect": 2, "outcome": 1 }, "firmware": { "from": "1", "to": "2", "downgrade": "refused", "source": "a" },
            "sources": [ "a clause" ]
          } ]
        }
        """;

    private const string PowerSample = """
        {
          "pack": "power", "title": "Supplies", "version": "1", "kind": "smoke", "owner": "tests", "budget": "5m", "purpose": "For tests.",
          "needs": { "esme": "ESME", "esme-2": "ESME" },
          "cases": [ {
            "id": "P-1", "title": "A case", "device": "esme", "srv": "4.1.1",
            "steps": [
              { "supply": { "device": "esme", "terminal": "hub", "state": "on", "interruption": { "below": "180s" }, "within": "5m" },
                "name": "look", "timeout": "5m", "on-miss": "continue" },
              { "supply": { "interruption": { "at-least": "1s" } }, "when": "met" },
              { "power": { "device": "esme", "state": "off" }, "name": "off", "timeout": "5s", "when": "met" },
              { "inventory": { "device": "esme", "is": "Suspended" }, "name": "is it", "timeout": "5s", "when": "met" },
              { "tamper": { "device": "esme", "cover": "meter", "open-for": "1s" }, "name": "open", "timeout": "2m", "when": "met" },
              { "hub-status": { "device": "esme", "wan": "registered", "signal-at-least": -100, "alerts": [ "8F12" ] }, "name": "hub",
                "timeout": "1m", "when": "met", "on-miss": "end",
                "repeat": { "until": "met", "every": "1s", "at-most": 3, "within": "2s", "unsafe": "never" } },
              { "hub-status": { "take-alerts": true } },
              { "press": { "device": "esme", "button": "boost-1", "for": "1s" }, "name": "press", "timeout": "2m", "when": "met" },
              { "display": { "device": "esme", "read": "the total, kWh", "shown": { "at-least": 1 }, "picture": "required",
                "within": "2m" }, "name": "look", "timeout": "3m", "when": "met", "on-miss": "end", "capture": { "kwh": "shown" } },
              { "compare-forms": { "devices": [ "esme", "esme-2" ] }, "name": "forms", "timeout": "1m", "when": "met", "on-miss": "end",
                "repeat": { "until": "met", "every": "1s", "at-most": 3, "within": "2s", "unsafe": "never" } },
              { "key-deadline": { "device": "esme", "migrated": "${now}", "at": "${now+1h}", "expect": "due" }, "name": "in time",
                "timeout": "1m", "when": "met", "on-miss": "end" },
              { "custom": { "kind": "any", "device": "esme", "with": { "a": "${now}" }, "reaches-device": true }, "name": "own",
                "timeout": "5s", "when": "met", "on-miss": "end", "change": "wearing", "capture": { "seen": "digits" },
                "repeat": { "until": "met", "every": "1s", "at-most": 3, "within": "2s", "unsafe": "allowed" } },
              { "utrn": { "device": "esme", "pence": 100, "flaw": "none", "as": "token" }, "name": "a token", "timeout": "5s",
                "when": "met" },
              { "power": { "off-for": "2s" } },
              { "request": { "srv": "11.1", "cut-power": { "at": "block", "block": 1, "off-for": "2s" }, "body": {
                "FirmwareImage": "AAAA", "FirmwareVersion": "1", "DeviceIDList": "${device.eui64}"
              } } },
              { "answer": { "of": 1, "within": "1s", "none": false }, "name": "later", "timeout": "5s", "when": "met", "on-miss": "end",
                "expect": { "success": true }, "capture": { "later": "started" } },
              { "answer": { "of": 1, "decide": "release" } },
              { "migration": { "installation": "house", "file": 1, "expect": "accepted" }, "name": "file", "timeout": "5s", "when": "met",
                "on-miss": "end" },
              { "migration": { "installation": "house", "begin": true } },
              { "migration": { "installation": "house", "supplier-of": "dormant" } }
            ],
            "cleanup": [
              { "power": { "state": "on" } }, { "supply": { "state": "on" } }
            ]
          } ]
        }
        """;

    private const string IncludingSample = """
        {
          "pack": "including", "title": "Others", "version": "1", "kind": "smoke", "owner": "tests", "budget": "5m", "purpose": "No.",
          "needs": { "esme": "ESME" },
          "declares": { "cases": 1, "cases-with-device": "40%" },
          "parameters": {
            "window": { "type": "duration", "default": "4s", "at-least": "1s", "at-most": "1m", "description": "How long." },
            "word": { "type": "text", "default": "a", "one-of": [ "a", "b" ], "description": "Which." }
          },
          "cases": [
            { "include": "other", "only": [ "C-1" ], "tags": [ "quick" ], "prefix": "X-", "parameters": { "many": 2 },
              "needs": { "esme": "esme" } },
            { "id": "C-1", "title": "A case", "device": "esme", "srv": "4.1.1", "tags": [ "quick" ],
              "steps": [ { "request": { "srv": "4.1.1" } } ] }
          ]
        }
        """;

    private const string OtherPack = """

        --- # pack other
        pack: other
        title: The other one
        version: "1"
        kind: smoke
        owner: tests
        budget: 5m
        purpose: For tests.
        needs: { esme: ESME }
        parameters: { many: { type: integer, default: 3, description: How many. } }
        cases:
          - { id: C-1, title: Its case, device: esme, srv: 4.1.1, tags: [ quick ], steps: [ { request: { srv: 4.1.1 } } ] }
        """;

    private static readonly string[] Samples = [Sample, PowerSample, IncludingSample];

    [Fact]
    public void Schema_and_loader_know_the_same_keys_and_words()
    {
        SchemaContract contract = new(PackSchema.Text, Check);

        contract.Differences(Samples).Should().BeEmpty();
    }

    [Fact]
    public void A_key_that_only_the_schema_has_is_found()
    {
        string schema = PackSchema.Text.Replace("\"on-miss\"", "\"on-mist\"", StringComparison.Ordinal);

        IReadOnlyCollection<string> differences = new SchemaContract(schema, Check).Differences(Samples);

        differences.Should().Contain(difference => difference.Contains("the schema lacks 'on-miss'"));
        differences.Should().Contain(difference => difference.Contains("the loader lacks 'on-mist'"));
    }

    [Fact]
    public void A_word_that_only_the_loader_has_is_found()
    {
        string schema = PackSchema.Text.Replace("\"regression\"", "\"regress\"", StringComparison.Ordinal);

        new SchemaContract(schema, Check).Differences(Samples).Should().HaveCount(2);
    }

    [Fact]
    public void The_schema_lists_every_variant_and_every_response_code()
    {
        JsonNode definitions = JsonNode.Parse(PackSchema.Text)!["$defs"]!;

        Words(definitions["srv"]!).Should().BeEquivalentTo(SrvCatalogue.Entries.Select(entry => entry.Srv));
        Words(definitions["code-condition"]!).Should().BeEquivalentTo([.. ResponseCodes.Entries.Select(entry => entry.Code), "none"]);
    }

    private static IEnumerable<string> Words(JsonNode definition) =>
        definition["anyOf"]![0]!["enum"]!.AsArray().Select(word => word!.ToString());

    private static IReadOnlyList<SchemaFault> Check(string text) =>
    [
        .. PackLoader.Check(text + (text.Contains("\"include\"") ? OtherPack : string.Empty), "sample.pack.yaml").Faults
            .Select(fault => new SchemaFault(fault.Code, fault.Key, fault.Allowed)),
    ];
}
