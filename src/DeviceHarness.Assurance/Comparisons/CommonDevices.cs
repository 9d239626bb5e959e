using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Comparisons;

/// <summary>The pass rates of two cycles over the devices that both used, so that a device that only one of them used explains no
/// difference.</summary>
/// <param name="Devices">The devices, each with type, identifier and profile, in the order of the first cycle.</param>
/// <param name="First">The rate of the first cycle over them.</param>
/// <param name="Second">The rate of the second cycle over them.</param>
/// <remarks>A case that reached a device of its own cycle alone is left out of that cycle's rate; one that reached no device stays
/// in. A device that stood by in one cycle and was used in the other is not one of both.</remarks>
public sealed record CommonDevices(IReadOnlyList<string> Devices, PassRate First, PassRate Second)
{
    /// <summary>Takes the rates of two cycles.</summary>
    internal static CommonDevices Of(CycleDetail first, CycleDetail second, IReadOnlyList<DeviceUse> devices)
    {
        string[] common =
        [
            .. devices.Where(use => use is { First.IsPresent: true, Second.IsPresent: true } && use.First.IsUsed == use.Second.IsUsed)
                .Select(use => use.Device),
        ];
        return new CommonDevices(common, RateOver(first, common), RateOver(second, common));
    }

    private static string Name(DeviceBaseline device) => device.ToString();

    private static PassRate RateOver(CycleDetail cycle, string[] common)
    {
        // A name is one of its rig file: two rigs may give it to different devices.
        HashSet<(string Rig, string Device)> others =
        [
            .. cycle.RigsUsed.SelectMany(rig => cycle.Cycle.DevicesOn(rig)
                .Where(device => !common.Contains(Name(device))).Select(device => (rig, device.Device.Id.Value))),
        ];
        return PassRate.Of(cycle.Executions.Where(execution => !execution.Attempts.Any(attempt =>
            attempt.Steps.Any(step => others.Contains((cycle.RigOf(attempt), step.Device))))));
    }
}
