using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>Whether the device of another rig may stand in for the one that a cycle was frozen with.</summary>
/// <remarks>It is another device all the same: what ran on it is shown with its rig, and a cycle that ran on it is not like for like with
/// one that did not.</remarks>
public static class StandInRule
{
    /// <summary>How a device differs from the one that it would stand in for.</summary>
    /// <param name="own">The device of the cycle's own rig.</param>
    /// <param name="spare">The device of the other rig.</param>
    /// <returns>For a person to read; null when it may stand in.</returns>
    public static string? Difference(DeviceBaseline own, DeviceBaseline spare)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(spare);
        return Apart("type", own.Device.DeviceType, spare.Device.DeviceType)
            ?? Apart("profile", own.Device.Profile, spare.Device.Profile)
            ?? Apart("firmware", own.Inventory.FirmwareVersion, spare.Inventory.FirmwareVersion)
            ?? Apart("generation", Generation(own), Generation(spare))
            ?? Apart("origin", Text(own.Device.Provenance), Text(spare.Device.Provenance));

        string? Apart(string what, string expected, string found) =>
            expected == found ? null : $"{spare.Device.Id} has {what} '{found}' where {own.Device.Id} has '{expected}'";
    }

    private static string Generation(DeviceBaseline device) => device.Inventory.Smets1 ? "SMETS1" : "SMETS2";

    private static string Text(Provenance provenance) => $"{provenance.Origin} by {provenance.Route}";
}
