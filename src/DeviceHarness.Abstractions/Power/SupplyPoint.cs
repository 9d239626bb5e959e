using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Power;

/// <summary>A place on a bench where a supply can be seen.</summary>
/// <param name="Device">The device, by its name in the rig file.</param>
/// <param name="Terminal">Which of its terminals.</param>
public sealed record SupplyPoint(DeviceId Device, SupplyTerminal Terminal)
{
    /// <summary>The device and its terminal, such as <c>esme-01 hub</c>.</summary>
    public override string ToString() => $"{Device} {Terminal.ToString().ToLowerInvariant()}";
}
