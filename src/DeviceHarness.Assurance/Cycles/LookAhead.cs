namespace DeviceHarness.Assurance.Cycles;

/// <summary>Which queued execution a rig is handed next that runs several beside each other: the first on devices that have not enough
/// waiting, so that a long row of cases on one device does not keep the others idle.</summary>
/// <remarks>On each device the order of the queue holds: nothing overtakes what shares a device with it. Devices are told apart by name
/// alone; the rig itself knows which of them share a port or a supply, and lets those wait for each other.</remarks>
public static class LookAhead
{
    /// <summary>How far it looks; what is queued behind that waits its turn.</summary>
    public const int MaximumQueued = 512;

    /// <summary>Chooses the next one.</summary>
    /// <param name="live">The devices of each execution that the rig holds; an empty set stands for all of the rig.</param>
    /// <param name="queued">The devices of each that waits, in the order of the queue; an empty set stands for all of the rig.</param>
    /// <param name="depth">How many a device may have, running and waiting, from 1.</param>
    /// <returns>Its place in the queue, from 0; -1 when none is to be handed out now.</returns>
    public static int Choose(IReadOnlyCollection<IReadOnlyList<string>> live, IEnumerable<IReadOnlyList<string>> queued, int depth)
    {
        ArgumentNullException.ThrowIfNull(live);
        ArgumentNullException.ThrowIfNull(queued);
        HashSet<string> passed = new(StringComparer.Ordinal);
        int place = 0;
        foreach (IReadOnlyList<string> devices in queued)
        {
            // One for all of the rig shares with each that is live: where anything was passed, too many are.
            if (!devices.Any(passed.Contains) && live.Count(held => Share(held, devices)) < depth)
            {
                return place;
            }

            if (devices.Count == 0)
            {
                return -1;
            }

            passed.UnionWith(devices);
            place++;
        }

        return -1;
    }

    private static bool Share(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Count == 0 || other.Count == 0 || one.Any(other.Contains);
}
