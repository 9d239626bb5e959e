namespace DeviceHarness.Abstractions.Execution;

/// <summary>How an attempt ended.</summary>
/// <remarks>Only <see cref="Passed"/> and <see cref="Failed"/> are conclusive.</remarks>
public enum Verdict
{
    /// <summary>Not run yet.</summary>
    NotRun = 0,

    /// <summary>Every expectation was met.</summary>
    Passed = 1,

    /// <summary>The device or the service broke an expectation, and the link was shown to be sound.</summary>
    Failed = 2,

    /// <summary>Bench, link, agent or power failed, or a silence that cannot be told from a lost link: may be repeated.</summary>
    Inconclusive = 3,

    /// <summary>Harness, pack or configuration is wrong: repeating is useless.</summary>
    Error = 4,

    /// <summary>A precondition or an earlier case failed, or the wrong device is on the bench.</summary>
    Blocked = 5,

    /// <summary>Not applicable, with the reason.</summary>
    Skipped = 6,
}

/// <summary>Questions that are asked of a verdict.</summary>
public static class VerdictExtensions
{
    /// <summary>Whether the verdict says something about the device.</summary>
    public static bool IsConclusive(this Verdict verdict) => verdict is Verdict.Passed or Verdict.Failed;
}

/// <summary>The way by which the devices were reached.</summary>
public enum Route
{
    /// <summary>A serial line or optical probe on the bench.</summary>
    LocalSerial,

    /// <summary>The HAN, through an adapter on the bench.</summary>
    LocalHan,

    /// <summary>The DCC path.</summary>
    Dcc,
}

/// <summary>What answered.</summary>
public enum Origin
{
    /// <summary>Real devices: the only origin that counts towards a DMCT entry, a threshold or an EPCL report.</summary>
    Real,

    /// <summary>Virtual devices.</summary>
    Virtual,

    /// <summary>A recorded session.</summary>
    Replayed,

    /// <summary>Virtual devices under a scaled clock.</summary>
    Scaled,
}

/// <summary>How the evidence of an execution came to be.</summary>
/// <param name="Route">The way by which the devices were reached.</param>
/// <param name="Origin">What answered; the weakest of all devices in use.</param>
public readonly record struct Provenance(Route Route, Origin Origin);
