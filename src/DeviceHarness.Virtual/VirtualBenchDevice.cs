using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;

namespace DeviceHarness.Virtual;

/// <summary>A device of a virtual bench.</summary>
/// <param name="Name">Its name in the rig file.</param>
/// <param name="Model">What it is.</param>
public sealed record VirtualBenchDevice(string Name, VirtualDeviceModel Model)
{
    /// <summary>Puts a device on one line.</summary>
    /// <param name="name">Its name in the rig file.</param>
    /// <param name="model">What it is.</param>
    /// <param name="line">The line; whoever opened it disposes of it.</param>
    public VirtualBenchDevice(string name, VirtualDeviceModel model, VirtualLine line)
        : this(name, model) => Line = line;

    /// <summary>The line that it is put on for good; null for a device that takes connections.</summary>
    public VirtualLine? Line { get; }

    /// <summary>Waits for the next connection; the bench disposes of it when it is over. Null for a device on one line.</summary>
    public Func<CancellationToken, ValueTask<VirtualLine>>? AcceptAsync { get; init; }

    /// <summary>The name of the meter whose supply feeds it; null for a device with a supply of its own. A comms hub alone is fed by
    /// another.</summary>
    public string? SuppliedBy { get; init; }

    /// <summary>What it keeps without power, over the end of the process if the host wants so; null for a new device that
    /// forgets.</summary>
    public IMeterFlash? Flash { get; init; }
}
