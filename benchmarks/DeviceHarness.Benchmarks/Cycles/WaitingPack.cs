using System.Globalization;
using System.Text;

namespace DeviceHarness.Benchmarks.Cycles;

/// <summary>A pack of one case whose steps only wait.</summary>
internal static class WaitingPack
{
    /// <summary>The text of a pack with so many steps of so many milliseconds.</summary>
    public static string Text(int steps, int milliseconds)
    {
        StringBuilder text = new("""
            pack: waiting-steps
            title: Steps that only wait
            version: "1"
            kind: smoke
            owner: benchmarks
            budget: 15m
            purpose: Shows how soon what happens on a rig is known elsewhere.
            needs:
              esme: { type: ESME }
            cases:
              - id: W-1
                title: Steps that only wait
                device: esme
                srv: 4.1.1
                budget: 15m
                steps:

            """);
        for (int step = 0; step < steps; step++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"      - wait: {milliseconds}ms");
        }

        return text.ToString();
    }
}
