using System.Collections.ObjectModel;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>What a running pack may use of a rig.</summary>
public interface ITestBench
{
    /// <summary>The rig's name.</summary>
    string Rig { get; }

    /// <summary>The devices of the bench, by their name in the rig file.</summary>
    IReadOnlyList<BenchDevice> Devices { get; }

    /// <summary>The way into the service.</summary>
    IServiceRequestPort Service { get; }

    /// <summary>The agent's copy of the Smart Metering Inventory.</summary>
    SmartMeteringInventory Inventory { get; }

    /// <summary>The octets that passed the bench's ports.</summary>
    IWireLog Wire { get; }

    /// <summary>Explains octets for evidence: one line of text per frame or field.</summary>
    IReadOnlyList<string> Explain(IReadOnlyList<WireRecord> records);

    /// <summary>The User that a role's requests come from.</summary>
    /// <param name="role">A DUIS User Role code, such as <c>IS</c>.</param>
    Eui64 UserOf(string role);
}

/// <summary>A device on a bench.</summary>
/// <param name="Id">Its name in the rig file.</param>
/// <param name="DeviceType">Its DUIS device type, such as <c>ESME</c>.</param>
/// <param name="Eui64">Its identifier.</param>
/// <param name="Profile">The name of its profile.</param>
/// <param name="Provenance">How it is reached and what it is.</param>
public sealed record BenchDevice(DeviceId Id, string DeviceType, Eui64 Eui64, string Profile, Provenance Provenance)
{
    /// <summary>What the rig file states about the device from a source other than its data port, such as <c>import-reading-wh</c> from its display.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
