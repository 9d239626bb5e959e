using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.Han;

/// <summary>What goes wrong in a home area network above the adapter.</summary>
internal static class HanFaults
{
    /// <summary>A device's "no" in a ZCL status.</summary>
    internal const string ZclRefusal = "HAN-020";

    /// <summary>A node that has no short address here.</summary>
    internal const string NodeUnknown = "HAN-002";

    internal static LocalProtocolException Closed(string port) =>
        new("HAN-001", $"{port}: the home area network was closed", "Closed", "message");

    internal static LocalProtocolException UnknownNode(string port, ulong eui64) => new(
        NodeUnknown, $"{port}: {eui64:X16} has no short address here: it has not joined, or was not heard since", "Up", "message");

    internal static LocalProtocolException NotTrustCentre(string port) => new(
        "HAN-003", $"{port}: only the trust centre lets devices join; the adapter has not formed the network", "Joined", "permit joining");

    internal static LocalProtocolException WindowOpen(string port, string holder) => new(
        "HAN-004", $"{port}: {holder} already lets devices join within this radio's reach: close that first", "Open", "permit joining");

    internal static LocalProtocolException NoIdentity(string port) => new(
        "HAN-005", $"{port}: no certificate is held for key establishment", "Up", "key establishment");

    internal static LocalProtocolException NoSequence(string port, ulong eui64) => new(
        "HAN-006", $"{port}: all transactions with {eui64:X16} are under way", "Busy", "request");

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

    internal static DeviceRefusedException Refused(string what, ZclStatus status) =>
        new(ZclRefusal, what, (int)status, Enum.IsDefined(status) ? status.ToString() : $"status {(byte)status:X2}");

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
}
