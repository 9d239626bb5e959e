using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Han;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>A gas meter's legal "no", by its ZCL status.</summary>
internal static class GasRefusal
{
    /// <summary>What a meter may answer to a read.</summary>
    internal static IReadOnlyDictionary<SrvRefusal, string> OfRead { get; } = new Dictionary<SrvRefusal, string>
    {
        [Of(ZclStatus.Failure)] = "the device gives no reason",
        [Of(ZclStatus.NotAuthorised)] = "this client may not read it",
        [Of(ZclStatus.UnsupportedClusterCommand)] = "the device does not have the command",
        [Of(ZclStatus.UnsupportedGeneralCommand)] = "the device does not have the command",
        [Of(ZclStatus.UnsupportedAttribute)] = "the device does not have it",
        [Of(ZclStatus.NotFound)] = "the device holds none",
        [Of(ZclStatus.WriteOnly)] = "it cannot be read",
        [Of(ZclStatus.Timeout)] = "the device cannot answer just now",
        [Of(ZclStatus.HardwareFailure)] = "the device reports a fault of its hardware",
        [Of(ZclStatus.SoftwareFailure)] = "the device reports a fault of its program",
        [Of(ZclStatus.UnsupportedCluster)] = "the device does not have the cluster",
    };

    /// <summary>What a meter may answer to a command: as to a read, and that it does not take it.</summary>
    internal static IReadOnlyDictionary<SrvRefusal, string> OfCommand { get; } = new Dictionary<SrvRefusal, string>(OfRead)
    {
        [Of(ZclStatus.NotAuthorised)] = "this client may not do it",
        [Of(ZclStatus.ReadOnly)] = "it cannot be written",
        [Of(ZclStatus.InvalidField)] = "the device does not take a value",
        [Of(ZclStatus.InvalidValue)] = "the device does not take a value",
        [Of(ZclStatus.InsufficientSpace)] = "the device has no room",
        [Of(ZclStatus.DuplicateExists)] = "the device has it already",
    };

    /// <summary>What a meter may answer to a read of a log: as to a read, and what its profile has no intervals for.</summary>
    internal static IReadOnlyDictionary<SrvRefusal, string> OfLog { get; } = new Dictionary<SrvRefusal, string>(OfRead)
    {
        [Of(ZclStatus.InvalidField)] = "the device does not take the period",
        [Of(ZclStatus.InvalidValue)] = "the device does not take the period",
        [new SrvRefusal(HanFaults.ProfileRefusal, 1)] = "the device does not know what was asked for",
        [new SrvRefusal(HanFaults.ProfileRefusal, 2)] = "the device keeps no such profile",
        [new SrvRefusal(HanFaults.ProfileRefusal, 3)] = "the device does not take the time",
    };

    private static SrvRefusal Of(ZclStatus status) => new(HanFaults.ZclRefusal, (int)status);
}
