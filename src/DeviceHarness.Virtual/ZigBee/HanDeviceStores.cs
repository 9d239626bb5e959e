using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;

namespace DeviceHarness.Virtual.ZigBee;

/// <summary>Where the devices on a virtual adapter's radio keep what lasts.</summary>
/// <param name="FlashOf">The memory of a device, by its name; that of a hub is called <c>hub</c>.</param>
/// <param name="Commands">Where each writes down what it is told.</param>
public sealed record HanDeviceStores(Func<string, IMeterFlash> FlashOf, ICommandLog Commands)
{
    /// <summary>The electricity meter of the bench that has the name of a device on the radio; null where the bench has none.</summary>
    public Func<string, VirtualEsme?> MeterOf { get; init; } = static _ => null;
}
