using System.Text;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Benchmarks.Runner;

/// <summary>A pack of one case whose steps do nothing: what remains is the runner.</summary>
internal static class EmptyStepsPack
{
    /// <summary>The steps of the case: as many as a pack may have in one.</summary>
    public const int Steps = 500;

    /// <summary>The events of one attempt: its start, two for each step, evidence, its end.</summary>
    public const int Events = (2 * Steps) + 3;

    /// <summary>Reads the pack, as the product would.</summary>
    public static TestPack Load()
    {
        StringBuilder text = new("""
            pack: empty-steps
            title: Steps that do nothing
            version: "1"
            kind: smoke
            owner: benchmarks
            budget: 5m
            purpose: Shows what a step costs before it does anything.
            needs:
              esme: { type: ESME }
            cases:
              - id: B-1
                title: Steps that do nothing
                device: esme
                srv: 4.1.1
                budget: 5m
                steps:

            """);
        for (int step = 0; step < Steps; step++)
        {
            text.AppendLine("      - wait: 0ms");
        }

        return PackLoader.Load(text.ToString(), "empty-steps.pack.yaml");
    }
}
