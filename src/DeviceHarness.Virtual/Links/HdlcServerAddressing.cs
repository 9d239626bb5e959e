using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Virtual.Links;

/// <summary>Which frames a station takes for its own, and from which address it answers.</summary>
/// <remarks>Spec: IEC 62056-46, address fields, as the domain guide gives it: two octets are accepted for four (and four for two) when
/// they name the
/// same station; any other length only in an all-station form. The calling-device form reaches the one station at the end of the
/// line.</remarks>
internal static class HdlcServerAddressing
{
    /// <summary>Whether a destination means the station.</summary>
    public static bool IsFor(HdlcAddress own, HdlcAddress destination) =>
        IsSameStation(own, destination) || destination.IsAllStation || IsCallingDevice(destination);

    /// <summary>Whether a source is a client: one octet, and neither no station nor all stations.</summary>
    public static bool IsClient(HdlcAddress source) =>
        source.OctetCount == 1 && source.Upper is > HdlcAddress.NoStation and < HdlcAddress.AllStation;

    /// <summary>The address to answer from: as the client wrote it, or the station's own when the client wrote a group.</summary>
    public static HdlcAddress AnswerFrom(HdlcAddress own, HdlcAddress destination) => IsSameStation(own, destination) ? destination : own;

    private static bool IsSameStation(HdlcAddress own, HdlcAddress destination)
    {
        bool isLengthAccepted = own.OctetCount == destination.OctetCount || (own.OctetCount > 1 && destination.OctetCount > 1);
        return isLengthAccepted && own.Upper == destination.Upper && own.Lower == destination.Lower;
    }

    private static bool IsCallingDevice(HdlcAddress destination) => destination.OctetCount switch
    {
        2 => destination.Lower == HdlcAddress.CallingDevice,
        4 => destination.Lower == HdlcAddress.CallingDeviceTwoOctets,
        _ => false,
    };
}
