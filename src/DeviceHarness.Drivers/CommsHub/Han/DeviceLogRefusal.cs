using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Esme.Srv;

namespace DeviceHarness.Drivers.CommsHub.Han;

/// <summary>The reasons for which the trust centre of a home area network does not change its device log, or a hub does not show its
/// own.</summary>
/// <remarks>The numbers are this harness's own: no public text gives a SMETS1 hub's.</remarks>
internal static class DeviceLogRefusal
{
    /// <summary>The fault of a log that is not changed.</summary>
    internal const string Code = "HAN-060";

    /// <summary>The log has the device.</summary>
    internal const int AlreadyThere = 1;

    /// <summary>The log does not have the device.</summary>
    internal const int NotThere = 2;

    /// <summary>The log has no room.</summary>
    internal const int Full = 3;

    /// <summary>The install code is none.</summary>
    internal const int WrongCode = 4;

    /// <summary>Another network in reach of the radio lets devices join.</summary>
    internal const int OtherNetworkOpen = 5;

    private const string ZdoRefusal = "HAN-021";
    private const int ZdoNotSupported = 0x84;
    private const int ZdoNotPermitted = 0x8B;

    /// <summary>What a trust centre may answer.</summary>
    internal static IReadOnlyDictionary<SrvRefusal, string> OfTrustCentre { get; } = new Dictionary<SrvRefusal, string>
    {
        [new(Code, AlreadyThere)] = "the log has the device",
        [new(Code, NotThere)] = "the log does not have the device",
        [new(Code, Full)] = "the log has no room for another device",
        [new(Code, WrongCode)] = "an install code has 6, 8, 12 or 16 octets, without its checksum",
        [new(Code, OtherNetworkOpen)] = "another network in reach of this radio lets devices join",
    };

    /// <summary>What a hub may answer to who asks for its neighbours.</summary>
    /// <remarks>Spec: ZigBee device profile, Mgmt_Lqi_rsp: NOT_SUPPORTED; a hub that keeps it to itself says NOT_PERMITTED.</remarks>
    internal static IReadOnlyDictionary<SrvRefusal, string> OfNeighbours { get; } = new Dictionary<SrvRefusal, string>
    {
        [new(ZdoRefusal, ZdoNotSupported)] = "the hub does not tell its neighbours",
        [new(ZdoRefusal, ZdoNotPermitted)] = "the hub does not tell its neighbours to this node",
    };

    /// <summary>A refusal.</summary>
    internal static DeviceRefusedException Of(string what, int reason) => new(Code, what, reason, OfTrustCentre[new(Code, reason)]);
}
