using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>Small packs for tests.</summary>
internal static class PackText
{
    public const string Head = """
        pack: sample
        title: A sample
        version: "1"
        kind: smoke
        owner: tests
        budget: 5m
        purpose: For tests.
        needs:
          esme: { type: ESME, facts: [ import-reading-wh, baseline-firmware ] }
          mute: { type: ESME, device: esme-mute }
        cases:

        """;

    /// <summary>A pack of one case C-1 with the given lines after its srv, each indented by four.</summary>
    public static string WithCase(string lines) => Head + """
          - id: C-1
            title: A case
            device: esme
            srv: 4.1.1

        """ + string.Concat(lines.Split('\n').Select(line => $"    {line}\n"));

    /// <summary>A pack of one case with the given steps, each line indented by two below <c>steps</c>.</summary>
    public static string WithSteps(string steps, string rest = "") =>
        WithCase("steps:\n" + string.Join('\n', steps.Split('\n').Select(line =>
            "  " + line)) + (rest.Length == 0 ? string.Empty : "\n" + rest));

    public static TestPack Load(string text) => PackLoader.Load(text, "sample.pack.yaml");

    public static TestPack LoadSteps(string steps, string rest = "") => Load(WithSteps(steps, rest));
}
