using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Comparisons;

/// <summary>One device in two cycles.</summary>
/// <param name="Device">The device: type, identifier and profile.</param>
/// <param name="First">What the first cycle did with it.</param>
/// <param name="Second">What the second cycle did with it.</param>
public sealed record DeviceUse(string Device, DeviceTally First, DeviceTally Second)
{
    /// <summary>Every device of either cycle, in the order of the first, then of the second.</summary>
    internal static IReadOnlyList<DeviceUse> Of(CycleDetail first, CycleDetail second)
    {
        string[] devices = [.. first.DevicesUsed.Concat(second.DevicesUsed).Select(device => device.ToString()).Distinct()];
        return [.. devices.Select(device => new DeviceUse(device, DeviceTally.Of(first, device), DeviceTally.Of(second, device)))];
    }
}

/// <summary>What one cycle did with one device.</summary>
/// <param name="IsPresent">Whether it was on a rig that the cycle's verdicts come from.</param>
/// <param name="Firmware">Its firmware when the cycle was frozen; empty when it was not present.</param>
/// <param name="Passed">The in-scope cases that reached it and passed.</param>
/// <param name="Failed">The in-scope cases that reached it and failed.</param>
/// <param name="Cases">The in-scope cases that reached it.</param>
/// <remarks>A case counts for each device that the attempt which decides was for.</remarks>
public sealed record DeviceTally(bool IsPresent, string Firmware, int Passed, int Failed, int Cases)
{
    /// <summary>Whether any case reached it.</summary>
    public bool IsUsed => Cases > 0;

    /// <summary>Counts one device of a cycle.</summary>
    internal static DeviceTally Of(CycleDetail cycle, string device)
    {
        DeviceBaseline? baseline = cycle.DevicesUsed.FirstOrDefault(one => one.ToString() == device);
        ExecutionHistory[] reached =
        [
            .. cycle.Executions.Where(execution => execution.IsInScope
                && CaseConditions.Of(cycle, execution).Devices.Any(one => one.ToString() == device)),
        ];
        return new DeviceTally(
            baseline is not null,
            baseline?.Inventory.FirmwareVersion ?? string.Empty,
            reached.Count(execution => execution.Verdict == Verdict.Passed),
            reached.Count(execution => execution.Verdict == Verdict.Failed),
            reached.Length);
    }

    /// <summary>Such as <c>46 of 50 cases passed, 4 failed, firmware 4.2.0</c>.</summary>
    public override string ToString() => (IsPresent, IsUsed) switch
    {
        (false, _) => "not there",
        (_, false) => FormattableString.Invariant($"not used, firmware {Firmware}"),
        _ => FormattableString.Invariant($"{Passed} of {Cases} cases passed, {Failed} failed, firmware {Firmware}"),
    };
}
