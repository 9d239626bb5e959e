using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>What counts as evidence.</summary>
public static class ProvenanceRule
{
    /// <summary>The banner of a report whose devices were virtual.</summary>
    public const string VirtualBanner = "Virtual devices: not evidence for DMCT or EPCL; a local pass does not prove the S1SP path";

    /// <summary>The banner of a report whose answers came from a recorded session.</summary>
    public const string ReplayedBanner = "Replayed session: not evidence for DMCT or EPCL; a local pass does not prove the S1SP path";

    /// <summary>The banner of a report whose run had a scaled clock.</summary>
    public const string ScaledBanner =
        "Virtual devices under a scaled clock: no latencies, not evidence for DMCT or EPCL; a local pass does not prove the S1SP path";

    /// <summary>The banner of a report without devices or attempts.</summary>
    public const string UnknownBanner = "Unknown provenance: not evidence for DMCT or EPCL";

    /// <summary>The note on a report of real devices that were not reached through the DCC.</summary>
    public const string LocalNote = "Local route: a local pass does not prove the S1SP path";

    /// <summary>Whether a result counts towards a DMCT entry, a threshold or an EPCL report.</summary>
    public static bool IsEvidence(Provenance? provenance) => provenance is { Origin: Origin.Real };

    /// <summary>The weakest of several: the origin furthest from real, and with it the route furthest from the DCC path.</summary>
    /// <returns>Null when there are none.</returns>
    public static Provenance? Weakest(IEnumerable<Provenance> provenances)
    {
        Provenance? weakest = null;
        foreach (Provenance next in provenances)
        {
            weakest = weakest is { } held
                ? new Provenance((Route)Math.Min((int)held.Route, (int)next.Route), (Origin)Math.Max((int)held.Origin, (int)next.Origin))
                : next;
        }

        return weakest;
    }

    /// <summary>The line that is printed across a report.</summary>
    /// <returns>Empty only for real devices reached through the DCC.</returns>
    public static string Banner(Provenance? provenance) => provenance switch
    {
        null => UnknownBanner,
        { Origin: Origin.Virtual } => VirtualBanner,
        { Origin: Origin.Replayed } => ReplayedBanner,
        { Origin: Origin.Scaled } => ScaledBanner,
        { Route: not Route.Dcc } => LocalNote,
        _ => string.Empty,
    };
}
