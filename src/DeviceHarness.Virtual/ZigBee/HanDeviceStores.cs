using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Flash;

namespace DeviceHarness.Virtual.ZigBee;

/// <summary>Where the devices on a virtual adapter's radio keep what lasts.</summary>
/// <param name="FlashOf">The memory of a device, by its name; that of a hub is called <c>hub</c>.</param>
/// <param name="Commands">Where each writes down what it is told.</param>
public sealed record HanDeviceStores(Func<string, IMeterFlash> FlashOf, ICommandLog Commands);
