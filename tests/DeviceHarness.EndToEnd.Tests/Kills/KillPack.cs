using System.Globalization;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>A pack whose cases can be told apart in the meter's own log.</summary>
/// <remarks>The unsafe case number n sets the clock n hours ahead, so each of its commands says of which case it is, whatever the harness
/// believes.</remarks>
internal static class KillPack
{
    /// <summary>The unsafe cases, and as many safe ones.</summary>
    public const int UnsafeCases = 3;

    /// <summary>The steps of each case.</summary>
    public const int Steps = 3;

    public static string Text { get; } =
        """
        pack: kills
        title: Cases that may be interrupted
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 30m
        purpose: Shows that nothing is lost, doubled or judged wrongly when processes die; Inconclusive means that one died in the case.
        needs:
          esme: ESME
        cases:
        """ + string.Concat(Enumerable.Range(1, UnsafeCases).Select(Pair));

    /// <summary>The name of an unsafe case.</summary>
    public static string UnsafeName(int number) => string.Create(CultureInfo.InvariantCulture, $"SET-{number}");

    private static string Pair(int number) => $$"""

          - id: READ-{{number}}
            title: reads the supply state
            device: esme
            srv: "7.4"
            budget: 60s
            steps:
              - name: read
                request: { srv: "7.4" }
              - wait: 100ms
              - name: read again
                request: { srv: "7.4" }
          - id: SET-{{number}}
            title: sets the clock {{number}} hours ahead
            device: esme
            srv: "6.11"
            budget: 60s
            repeat: never
            steps:
              - wait: 50ms
              - name: set
                request:
                  srv: "6.11"
                  body: { CurrentDateTime: "${now+{{number}}h}", TolerancePeriod: 86400 }
                expect: { success: true }
              - wait: 50ms
        """;
}
