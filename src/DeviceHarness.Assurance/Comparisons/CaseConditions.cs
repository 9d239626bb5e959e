using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Comparisons;

/// <summary>On what a case ran: the rig and devices of the attempt that decides.</summary>
/// <param name="Rig">The rig; empty when it never ran.</param>
/// <param name="Devices">The devices that its steps were for, with their baseline; empty when none is known.</param>
internal sealed record CaseConditions(string Rig, IReadOnlyList<DeviceBaseline> Devices)
{
    /// <summary>Takes them from a cycle.</summary>
    public static CaseConditions Of(CycleDetail cycle, ExecutionHistory execution) =>
        execution.Deciding is { } attempt ? On(cycle, attempt) : new CaseConditions(string.Empty, []);

    /// <summary>Takes those of an attempt.</summary>
    public static CaseConditions On(CycleDetail cycle, Attempt attempt)
    {
        string rig = cycle.RigOf(attempt);
        HashSet<string> names = [.. attempt.Steps.Select(step => step.Device)];
        return new CaseConditions(rig, [.. cycle.Cycle.DevicesOn(rig).Where(device => names.Contains(device.Device.Id.Value))]);
    }

    /// <summary>The causes among device set, firmware and rig that tell this from another.</summary>
    public IEnumerable<DifferenceCause> ApartFrom(CaseConditions other)
    {
        if (!AreNested(Devices.Select(device => device.Device.Eui64), other.Devices.Select(device => device.Device.Eui64)))
        {
            yield return DifferenceCause.DeviceSet;
        }

        if (Devices.Select(device => device.Device.Profile).Intersect(other.Devices.Select(device => device.Device.Profile))
            .Any(profile => !AreNested(VersionsOf(profile), other.VersionsOf(profile))))
        {
            yield return DifferenceCause.Firmware;
        }

        bool isOtherRig = Rig.Length > 0 && other.Rig.Length > 0 && Rig != other.Rig;
        if (isOtherRig || Devices.Any(device => other.Devices.Any(same =>
            same.Device.Eui64 == device.Device.Eui64 && same.Device.Provenance != device.Device.Provenance)))
        {
            yield return DifferenceCause.Rig;
        }
    }

    private IEnumerable<string> VersionsOf(string profile) =>
        Devices.Where(device => device.Device.Profile == profile).Select(device => device.Inventory.FirmwareVersion);

    // An attempt that ended early reached fewer of the same devices: that makes no other device set.
    private static bool AreNested<T>(IEnumerable<T> left, IEnumerable<T> right)
    {
        HashSet<T> first = [.. left];
        HashSet<T> second = [.. right];
        return first.IsSubsetOf(second) || second.IsSubsetOf(first);
    }
}
