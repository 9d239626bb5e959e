using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Duis;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>A device on a bench.</summary>
/// <param name="Id">Its name in the rig file.</param>
/// <param name="DeviceType">Its DUIS device type, such as <c>ESME</c>.</param>
/// <param name="Eui64">Its identifier.</param>
/// <param name="Profile">The name of its profile.</param>
/// <param name="Provenance">How it is reached and what it is.</param>
public sealed record BenchDevice(DeviceId Id, string DeviceType, Eui64 Eui64, string Profile, Provenance Provenance)
{
    /// <summary>What the rig file states about the device from a source other than its data port, such as <c>import-reading-wh</c> from
    /// its display.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The frames and what carries them, such as <c>HDLC over a serial line</c>; null when nobody says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    /// <summary>The device that gives a comms hub its supply; null when that is no matter, or not known.</summary>
    [JsonIgnore]
    public DeviceId? SuppliedBy { get; init; }

    /// <summary>What its model is known to do otherwise than its kind. It stays where the device is driven.</summary>
    [JsonIgnore]
    public IReadOnlyList<KnownDeparture> Departures { get; init; } = [];

    /// <summary>The device at whose port it is reached, such as its comms hub; null for one with a port of its own.</summary>
    [JsonIgnore]
    public DeviceId? PortOf { get; init; }

    /// <summary>What stands among <see cref="Facts"/> for a value that is secret.</summary>
    public const string SecretFact = "(secret)";

    /// <summary>The values of the secret facts, such as a UTRN or an MPxN. They stay where the device is driven: no message, store, log or
    /// report may hold one.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
