using System.Diagnostics;
using System.Text.Json;
using DeviceHarness.Interop.Tests.Grpc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Interop.Tests.Schemas;

/// <summary>The published JSON Schemas before a validator and a YAML reader that other people wrote.</summary>
public sealed class PublishedSchemaTests
{
    private const string PackSchema = "src/DeviceHarness.Packs/Loader/pack.schema.json";

    private const string RigSchema = "src/DeviceHarness.Agent/Rig/rig.schema.json";

    /// <summary>A schema, and the files that are to be valid under it: one validator for each.</summary>
    public static TheoryData<string, string[]> Files => new()
    {
        {
            PackSchema,
            ["src/DeviceHarness.Packs/Library/*.pack.yaml", "src/DeviceHarness.Packs/Examples/*.pack.yaml", "rigs/electricity/*.pack.yaml"]
        },
        {
            RigSchema,
            [
                "rig-config.yaml", "rigs/models/rig.yaml", "rigs/smets2/rig.yaml", "rigs/srvt/rig.yaml", "rigs/han/rig.yaml",
                "rigs/han/joiner.yaml", "rigs/home/rig.yaml", "rigs/electricity/rig.yaml", "rigs/electricity/twin.yaml",
                "rigs/dual-fuel/*.yaml",
            ]
        },
        { "src/DeviceHarness.Agent/Rig/firmware.schema.json", ["rigs/firmware.yaml"] },
        { "src/DeviceHarness.Drivers/Profiles/profile.schema.json", ["rigs/profiles/*.yaml"] },
        { "src/DeviceHarness.Drivers/Profiles/han-profile.schema.json", ["rigs/profiles/han/*.yaml"] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_file_of_the_repository_is_valid_under_its_schema(string schema, string[] files)
    {
        string[][] found = [.. files.Select(PathsOf)];
        string[] paths = [.. found.SelectMany(some => some)];

        string[][] answers = await ValidateAsync(schema, [.. paths.Select(File.ReadAllText)]);

        paths.Where((_, index) => answers[index].Length > 0).Should().BeEmpty();
        answers.Should().HaveCount(paths.Length);
        found.Should().OnlyContain(some => some.Length > 0);
    }

    [Fact]
    public async Task What_the_loader_refuses_for_its_shape_the_schema_refuses_too()
    {
        string path = Path.Combine(RepositoryRoot.Path, "src/DeviceHarness.Packs/Library/dmct-smoke.pack.yaml");
        string pack = await File.ReadAllTextAsync(path);
        (string From, string To)[] changes =
        [
            ("kind: smoke", "kind: fast"),
            ("pack: dmct-smoke", "pack: Smoke Pack"),
            ("budget: 15m", "budget: soon"),
            ("owner: DeviceHarness", "owners: DeviceHarness"),
            ("type: ESME, device", "type: EMSE, device"),
            ("device: esme\n", "devices: esme\n"),
            ("srv: 4.1.1, role: OU", "srv: 4.1.9, role: OU"),
            ("srv: 4.1.1, role: OU", "srv: 4.1.1, role: XX"),
            ("srv: 4.1.1, role: OU", "srv: 4.1.1, roll: OU"),
            ("acknowledgement: E2 ", "acknowledgement: E999 "),
            ("- wait: 500ms", "- wait: 500"),
            ("- wait: 500ms", "- { wait: 500ms, request: { srv: 4.1.1 } }"),
            ("- wait: 500ms", "- { wait: 500ms, on-miss: continue }"),
            ("- wait: 500ms", "- name: nothing"),
            ("via: transform", "via: post"),
            ("times: 5", "times: 1"),
            ("times: 5", "repeat: { until: met, every: 1s }"),
            ("times: 5", "repeat: { every: 1s, at-most: 2 }"),
            ("times: 5", "repeat: { until: seen, every: 1s, at-most: 2 }"),
            ("times: 5", "repeat: { until: met, every: 1s, at-most: 101 }"),
            ("times: 5", "repeat: { until: met, every: 1s, at-most: 2, unsafe: yes }"),
            ("times: 5", "times: 5\n        repeat: { until: met, every: 1s, at-most: 2 }"),
            ("- wait: 500ms", "- { wait: 500ms, repeat: { until: met, every: 1s, at-most: 2 } }"),
            ("- wait: 500ms", "- { for-each: { name: x, in: [ 1 ] } }"),
            ("- wait: 500ms", "- { for-each: { name: x, in: [ 1 ] }, steps: [ { wait: 1s } ], when: met }"),
            ("- wait: 500ms", "- { for-each: { name: x, in: [] }, steps: [ { wait: 1s } ] }"),
            ("- id: SMK-06", "- id: SMK-06\n    for-each: { in: [ 1 ] }"),
            ("- id: SMK-06", "- id: SMK-06\n    for-each: { name: x, in: [ { value: 1 } ] }"),
            ("- id: SMK-06", "- id: SMK-06\n    for-each: { name: x, in: [ { id: a b } ] }"),
            ("[ met 8, missed 10 ]", "[ hit 8 ]"),
            ("assess: { effect: 2, outcome: 1 }", "assess: { effects: 2 }"),
            ("status: Suspended", "status: Sleeping"),
            ("{ present: true }", "{ presents: true }"),
            ("cases:\n", "cases:\n  - { include: firmware, id: FW }\n"),
            ("cases:\n", "cases:\n  - { include: firmware, only: FW-01 }\n"),
            ("cases:\n", "cases:\n  - { only: [ FW-01 ] }\n"),
            ("cases:\n", "parameters: { a: { type: word, default: a, description: b } }\ncases:\n"),
            ("cases:\n", "parameters: { a: { type: text, description: b } }\ncases:\n"),
            ("cases:\n", "declares: { cases-with-device: most }\ncases:\n"),
        ];
        string[] texts = [.. changes.Select(change => Change(pack, change.From, change.To))];

        string[][] answers = await ValidateAsync(PackSchema, texts);

        changes.Where((_, index) => answers[index].Length == 0).Should().BeEmpty("the schema takes none of these");
    }

    [Fact]
    public async Task What_is_written_for_each_row_is_valid_wherever_its_values_stand()
    {
        const string Cases = """
            cases:
              - id: ROW
                for-each:
                  name: row
                  in:
                    - { id: a, srv: 4.1.1, role: OU, code: E2, of: esme, status: Commissioned, budget: 30s, variant: 1, via: send-command }
                    - { id: 2, srv: "7.4", role: IS, code: E5, of: control, status: Suspended, budget: 1m, variant: 1, via: send-command }
                title: ${row.srv}
                device: ${row.of}
                srv: ${row.srv}
                budget: ${row.budget}
                preconditions: [ { device: "${row.of}", status: "${row.status}" } ]
                steps:
                  - request: { srv: "${row.srv}", role: "${row.role}", command-variant: "${row.variant}", via: "${row.via}" }
                    expect: { acknowledgement: "${row.code}" }
                    repeat: { until: met, every: "${row.budget}", at-most: 3, within: 1m, unsafe: allowed }
                  - for-each: { name: wait, in: [ 1s, 2s ] }
                    steps: [ { wait: "${wait}" } ]
                cleanup:
                  - for-each: { name: srv, in: [ "7.1" ] }
                    steps: [ { request: { srv: "${srv}" } } ]
                  - status-log: Complete
                    repeat: { until: met, every: 1s, within: 2s }

            """;
        string path = Path.Combine(RepositoryRoot.Path, "src/DeviceHarness.Packs/Library/dmct-smoke.pack.yaml");
        string text = Change(await File.ReadAllTextAsync(path), "cases:\n", Cases);

        string[][] answers = await ValidateAsync(PackSchema, [text]);

        answers.Should().ContainSingle().Which.Should().BeEmpty();
    }

    [Fact]
    public async Task A_pack_that_includes_others_and_takes_values_is_valid()
    {
        const string Cases = """
            parameters:
              pause: { type: duration, default: 500ms, at-most: 5s, description: How long it waits. }
              rounds: { type: integer, default: 3, at-least: 2, at-most: 100, description: How often it asks. }
            declares: { cases: 3, cases-with-device: 50% }
            cases:
              - include: firmware
              - { include: "own/other.pack.yaml", only: [ A-1 ], tags: [ quick ], prefix: O-, parameters: { pause: "${parameter.pause}" } }
              - id: WAIT
                title: A case that waits
                tags: [ quick ]
                device: esme
                srv: 4.1.1
                steps:
                  - wait: ${parameter.pause}
                  - request: { srv: 4.1.1 }
                    times: ${parameter.rounds}

            """;
        string path = Path.Combine(RepositoryRoot.Path, "src/DeviceHarness.Packs/Library/dmct-smoke.pack.yaml");
        string text = Change(await File.ReadAllTextAsync(path), "cases:\n", Cases);

        string[][] answers = await ValidateAsync(PackSchema, [text]);

        answers.Should().ContainSingle().Which.Should().BeEmpty();
    }

    private static string[] PathsOf(string files) =>
        Directory.GetFiles(Path.Combine(RepositoryRoot.Path, Path.GetDirectoryName(files)!), Path.GetFileName(files));

    private static string Change(string pack, string from, string to)
    {
        pack.Should().Contain(from);
        int place = pack.IndexOf(from, StringComparison.Ordinal);
        return string.Concat(pack.AsSpan(0, place), to, pack.AsSpan(place + from.Length));
    }

    private static async Task<string[][]> ValidateAsync(string schema, string[] texts)
    {
        string folder = await NodeInstallation.FolderAsync("Schemas");
        using Process node = Process.Start(new ProcessStartInfo("node", ["validate.js", Path.Combine(RepositoryRoot.Path, schema)])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        Task<string> errors = node.StandardError.ReadToEndAsync();
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(texts));
        node.StandardInput.Close();
        await node.WaitForExitAsync().DefaultTimeout();
        node.ExitCode.Should().Be(0, await errors);
        return JsonSerializer.Deserialize<string[][]>(await output)!;
    }
}
