using System.Globalization;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Commands;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>Writes down what a device on the radio was told, before it answers.</summary>
/// <param name="log">Where.</param>
/// <param name="device">The device's name.</param>
/// <param name="clock">True time.</param>
internal sealed class HanCommandLog(ICommandLog log, string device, TimeProvider clock)
{
    private const string Command = "COMMAND";
    private const string Write = "WRITE";

    /// <summary>A cluster command came.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="endpoint">The endpoint that sent it.</param>
    /// <param name="command">The command.</param>
    /// <param name="payload">What follows the header.</param>
    /// <param name="status">How it went.</param>
    public void Told(ushort cluster, byte endpoint, byte command, ReadOnlySpan<byte> payload, ZclStatus status) =>
        Append(Command, cluster, endpoint, command, payload, status);

    /// <summary>An attribute was to be written.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="endpoint">The endpoint that sent it.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="value">The value, with no type before it.</param>
    /// <param name="status">How it went.</param>
    public void Written(ushort cluster, byte endpoint, ushort attribute, ReadOnlySpan<byte> value, ZclStatus status) =>
        Append(Write, cluster, endpoint, attribute, value, status);

    private void Append(string service, ushort cluster, byte endpoint, int member, ReadOnlySpan<byte> data, ZclStatus status) =>
        log.Append(new CommandRecord(
            clock.GetUtcNow(), device, endpoint, service, cluster.ToString("X4", CultureInfo.InvariantCulture), member,
            Convert.ToHexString(data), (int)status));
}
