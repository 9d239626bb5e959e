using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

namespace DeviceHarness.Drivers.Han;

/// <summary>What goes wrong in a home area network above the adapter.</summary>
internal static class HanFaults
{
    /// <summary>A device's "no" in a ZCL status.</summary>
    internal const string ZclRefusal = "HAN-020";

    /// <summary>A meter's "no" in the status of a GetProfileResponse.</summary>
    internal const string ProfileRefusal = "HAN-053";

    /// <summary>A node that has no short address here.</summary>
    internal const string NodeUnknown = "HAN-002";

    /// <summary>A window in reach of the radio that is open already.</summary>
    internal const string OtherWindowOpen = "HAN-004";

    /// <summary>A trust centre's "no" to a node that wants to join.</summary>
    internal const string NotAdmitted = "HAN-022";

    internal static LocalProtocolException Closed(string port) =>
        new("HAN-001", $"{port}: the home area network was closed", "Closed", "message");

    internal static LocalProtocolException UnknownNode(string port, ulong eui64) => new(
        NodeUnknown, $"{port}: {eui64:X16} has no short address here: it has not joined, or was not heard since", "Up", "message");

    internal static LocalProtocolException NotTrustCentre(string port) => new(
        "HAN-003", $"{port}: that is the trust centre's to do; the adapter has not formed the network", "Joined", "trust centre");

    internal static LocalProtocolException WindowOpen(string port, string holder) => new(
        OtherWindowOpen, $"{port}: {holder} already lets devices join within this radio's reach: close that first", "Open",
        "permit joining");

    internal static LocalProtocolException NoIdentity(string port) => new(
        "HAN-005", $"{port}: no certificate is held for key establishment", "Up", "key establishment");

    internal static LocalProtocolException NoOwnIdentity(string port) => new(
        "HAN-025",
        $"{port}: the adapter has no certificate or no curve library of its own, as stock firmware has none: leave 'key-establishment' "
        + "out of the rig file and name a folder under 'certificates', or load firmware that has them", "Up", "key establishment");

    internal static LocalProtocolException KeyDeskFull(string port, int exchanges) => new(
        "HAN-026", $"{port}: keys are being agreed on with {exchanges} others: try again in half a minute", "Busy", "key establishment");

    internal static LocalProtocolException NoSequence(string port, ulong eui64) => new(
        "HAN-006", $"{port}: all transactions with {eui64:X16} are under way", "Busy", "request");

    internal static LocalProtocolException NoTrustCentre(string port) => new(
        NodeUnknown, $"{port}: the adapter does not know the trust centre of its network: it has left it, or never joined", "Up", "join");

    internal static LocalProtocolException NotInNetwork(string port) =>
        new("HAN-001", $"{port}: the network went down while it was entered", "Down", "join");

    internal static LocalProtocolException NoNetwork(string port, IReadOnlyList<ZigBeeFoundNetwork> found) => new(
        "HAN-008",
        $"{port}: no network that fits was heard; {(found.Count == 0 ? "none at all" : $"others: {Listed(found)}")}: have the hub open its "
        + "network, and see to 'channels' and 'extended-pan-id' of the rig file",
        "Down", "join");

    internal static LocalProtocolException SeveralNetworks(string port, IReadOnlyList<ZigBeeFoundNetwork> found) => new(
        "HAN-008", $"{port}: several networks let devices join: {Listed(found)}; name one by 'extended-pan-id' in the rig file", "Down",
        "join");

    internal static LocalProtocolException IsTrustCentre(string port) => new(
        "HAN-009", $"{port}: the adapter is the trust centre of a network of its own: have it leave that first", "Coordinator", "join");

    internal static LocalProtocolException OtherStick(string port, ulong here, ulong kept) => new(
        "HAN-024",
        $"{port}: the adapter is {here:X16}, and the devices of the network that was kept know their trust centre as {kept:X16}: "
        + "give the adapter that identity, or have it form a network and let each device in anew", "Down", "restore");

    internal static DeviceRefusedException NetworkClosed(string port, ulong network) => new(
        NotAdmitted, $"{port}: to join {network:X16}", 0, "the network is closed: have the hub open it");

    internal static DeviceRefusedException NotLetIn(
        string port, ulong eui64, in ZigBeeFoundNetwork network, AdapterException refused) => new(
        NotAdmitted, $"{port}: to join {network.ExtendedPanId:X16}", (int)(refused.AdapterCode ?? 0),
        $"{refused.Message}; the hub must list {eui64:X16} with the install code that the rig file states");

    internal static DeviceRefusedException NoKey(string what, EstablishmentResult result) =>
        new("HAN-023", what, (int)result.Status, $"{result.Failure}, {result.Status}");

    internal static HanDeliveryException HubOutOfReach(string port, ulong hub, HarnessException last) => new(
        "HAN-016", HanDeliveryFault.NotAcknowledged, $"{port}: the hub {hub:X16} is not reached, and the adapter could not rejoin: "
        + last.Message);

    internal static HanDeliveryException NotAcknowledged(string what, string status) => new(
        "HAN-010", HanDeliveryFault.NotAcknowledged,
        $"{what}: not acknowledged ({status}): out of range, without power, or asleep");

    internal static HanDeliveryException Asleep(string what, TimeSpan waited) => new(
        "HAN-011", HanDeliveryFault.Asleep,
        $"{what}: the device sleeps and gave no sign of waking in {waited.TotalSeconds:F0} s; nothing was sent");

    internal static HanDeliveryException OutboxFull(string what, int waiting) => new(
        "HAN-012", HanDeliveryFault.OutboxFull, $"{what}: {waiting} messages wait already, and no more are taken");

    internal static HanDeliveryException RefusedByAdapter(string what, string status) => new(
        "HAN-013", HanDeliveryFault.RefusedByAdapter, $"{what}: the adapter did not take it ({status})");

    internal static HanDeliveryException UnknownDelivery(string what) => new(
        "HAN-014", HanDeliveryFault.Unknown, $"{what}: the adapter did not say what became of it");

    internal static HanDeliveryException QueueTimeout(string what, TimeSpan waited) => new(
        "HAN-015", HanDeliveryFault.QueueTimeout,
        $"{what}: other messages to the device took {waited.TotalSeconds:F0} s; nothing was sent");

    internal static LocalProtocolException LogTooLong(string what, int devices, int most) => new(
        "HAN-052", $"{what}: {devices} devices, and an answer of the service holds {most}", "Up", "device log");

    internal static DeviceRefusedException Refused(string what, ZclStatus status) =>
        new(ZclRefusal, what, (int)status, Enum.IsDefined(status) ? status.ToString() : $"status {(byte)status:X2}");

    /// <summary>A meter's "no" in the status of a GetProfileResponse.</summary>
    internal static DeviceRefusedException ProfileRefused(string what, int status) =>
        new(ProfileRefusal, what, status, $"status {status} of GetProfileResponse");

    internal static DeviceRefusedException ZdoRefused(string what, byte status) =>
        new("HAN-021", what, status, $"ZDO status {status:X2}");

    internal static LinkTimeoutException Silent(string what, TimeSpan waited) =>
        new("HAN-030", $"{what}: the device acknowledged it", "answer", waited, 1);

    internal static RemoteProtocolException Malformed(string what, ReadOnlyMemory<byte> octets, CodecFault fault) =>
        new("HAN-040", $"{what}: the answer is malformed: {fault}", octets, fault);

    internal static RemoteProtocolException Unfit(string what, string why, ReadOnlyMemory<byte> octets) =>
        new("HAN-041", $"{what}: {why}", octets);

    internal static RemoteProtocolException Unprotected(string what, ReadOnlyMemory<byte> octets) => new(
        "HAN-042", $"{what}: the answer came without the link key that its cluster asks for, and was not taken", octets);

    private static string Listed(IEnumerable<ZigBeeFoundNetwork> networks) => string.Join(
        ", ", networks.Select(network => $"{network.ExtendedPanId:X16} on channel {network.Channel}"));
}
