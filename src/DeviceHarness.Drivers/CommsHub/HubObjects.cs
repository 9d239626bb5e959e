using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Hub;

namespace DeviceHarness.Drivers.CommsHub;

/// <summary>The capabilities of a comms hub, by the objects that its profile names.</summary>
/// <remarks>No public description of a hub's service port was found. What is in the objects is an assumption of this harness: a device of
/// the log is { EUI-64, time or null, quality or null }, the wide area network { 0 or 1, operator, dBm, time }, an alert { time, code,
/// EUI-64 }.</remarks>
internal sealed class HubObjects(DlmsClient client, HubObjectMap map, string port) : IHanDeviceLog, IHubDiagnostics
{
    private const int IdentifierOctets = 8;
    private const int ParameterOctets = 64;
    private const sbyte TakeAlerts = 1;

    /// <inheritdoc/>
    public async ValueTask<Eui64> ReadIdentityAsync(CancellationToken cancellationToken)
    {
        DlmsData value = await ReadAsync(map.Identity, cancellationToken).ConfigureAwait(false);
        bool isText = Eui64.TryParse(value.Text, out Eui64 written);
        return isText ? written : Identifier(value, map.Identity);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<HanDeviceLogEntry>> ReadDevicesAsync(CancellationToken cancellationToken)
    {
        CosemAttributeDescriptor entries = Log().Entries;
        DlmsData list = await ReadAsync(entries, cancellationToken).ConfigureAwait(false);
        if (list.Type != DlmsDataType.Array || list.Items.Count > ReadDeviceLogRsp.MaxEntries)
        {
            throw Unexpected(entries, $"{list} is no list of at most {ReadDeviceLogRsp.MaxEntries} devices");
        }

        return [.. list.Items.Select(item => Entry(item, entries))];
    }

    /// <inheritdoc/>
    public async ValueTask AddAsync(Eui64 device, HanDeviceJoin join, CancellationToken cancellationToken)
    {
        byte[] parameter = new byte[ParameterOctets];
        int length = EncodeJoin(device, join, parameter);
        _ = await client.ActionAsync(Log().Register, parameter.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(Eui64 device, CancellationToken cancellationToken)
    {
        byte[] parameter = [(byte)DlmsDataType.OctetString, IdentifierOctets, .. Octets(device)];
        _ = await client.ActionAsync(Log().Unregister, parameter, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<WanStatus?> ReadWanStatusAsync(CancellationToken cancellationToken)
    {
        if (map.WanStatus is not { } place)
        {
            return null;
        }

        DlmsData value = await ReadAsync(place, cancellationToken).ConfigureAwait(false);
        return value.Type == DlmsDataType.Structure && value.Items.Count == 4
            && value.Items[0].TryGetInt64(out long state) && value.Items[2].TryGetInt64(out long signal)
            ? new WanStatus(state != 0, TextOf(value.Items[1]), (int)signal, Time(value.Items[3], place))
            : throw Unexpected(place, $"{value} is no state of a wide area network");
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<QueuedAlert>> ReadAlertsAsync(CancellationToken cancellationToken)
    {
        if (map.AlertQueue is not { } name)
        {
            return [];
        }

        CosemAttributeDescriptor buffer = new(ProfileGeneric.ClassId, name, 2);
        DlmsData rows = await ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return rows.Type == DlmsDataType.Array
            ? [.. rows.Items.Select(row => Alert(row, buffer))]
            : throw Unexpected(buffer, $"{rows} is no list of alerts");
    }

    /// <inheritdoc/>
    public async ValueTask ClearAlertsAsync(CancellationToken cancellationToken)
    {
        if (map.AlertQueue is { } name)
        {
            byte[] integerZero = [(byte)DlmsDataType.Integer, 0];
            _ = await client.ActionAsync(
                new CosemMethodDescriptor(ProfileGeneric.ClassId, name, TakeAlerts), integerZero, cancellationToken).ConfigureAwait(false);
        }
    }

    private static byte[] Octets(Eui64 device)
    {
        byte[] octets = new byte[IdentifierOctets];
        BinaryPrimitives.WriteUInt64BigEndian(octets, device.Value);
        return octets;
    }

    private static int EncodeJoin(Eui64 device, HanDeviceJoin join, Span<byte> target)
    {
        AxdrWriter writer = new(target);
        writer.WriteStructure(3);
        writer.WriteOctetString(Octets(device));
        writer.WriteLongUnsigned((ushort)join.PeriodSeconds);
        writer.WriteOctetString(Convert.FromHexString(join.InstallCode));
        return writer.Complete(out int octets) == OperationStatus.Done
            ? octets
            : throw new LocalProtocolException("DRIV-003", "the join of a device does not fit", "8.11", join.ToString());
    }

    private static string TextOf(DlmsData value) => value.Text ?? Encoding.ASCII.GetString(value.Octets.Span);

    private HanDeviceLogObject Log() => map.DeviceLog
        ?? throw new LocalProtocolException("DRIV-004", $"{port}: the model shows no log of devices", "han-device-log", "none");

    private async ValueTask<DlmsData> ReadAsync(CosemAttributeDescriptor attribute, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data = await client.GetAsync(attribute, cancellationToken).ConfigureAwait(false);
        return DlmsDataCodec.Decode(data.Span, out DlmsData value, out _, out CodecFault fault) == OperationStatus.Done
            ? value
            : throw DlmsFaults.Malformed(data, fault, What(attribute));
    }

    private HanDeviceLogEntry Entry(DlmsData item, CosemAttributeDescriptor place)
    {
        if (item.Type != DlmsDataType.Structure || item.Items.Count != 3)
        {
            throw Unexpected(place, $"{item} is no device of the log");
        }

        bool hasQuality = item.Items[2].TryGetInt64(out long quality);
        return new HanDeviceLogEntry(
            Identifier(item.Items[0], place),
            item.Items[1].IsNull ? null : Time(item.Items[1], place),
            hasQuality ? (int)quality : null);
    }

    private QueuedAlert Alert(DlmsData row, CosemAttributeDescriptor place) =>
        row.Type == DlmsDataType.Structure && row.Items.Count == 3 && row.Items[1].TryGetInt64(out long code)
            ? new QueuedAlert(
                Time(row.Items[0], place), code.ToString("X4", CultureInfo.InvariantCulture), Identifier(row.Items[2], place))
            : throw Unexpected(place, $"{row} is no alert");

    private Eui64 Identifier(DlmsData value, CosemAttributeDescriptor place) =>
        value.Type == DlmsDataType.OctetString && value.Octets.Length == IdentifierOctets
            ? new Eui64(BinaryPrimitives.ReadUInt64BigEndian(value.Octets.Span))
            : throw Unexpected(place, $"{value} is no EUI-64");

    private DateTimeOffset Time(DlmsData value, CosemAttributeDescriptor place)
    {
        bool isMoment = value.Type is DlmsDataType.OctetString or DlmsDataType.DateTime && value.Octets.Length == CosemDateTime.OctetCount;
        return isMoment
            && CosemDateTime.Decode(value.Octets.Span, out CosemDateTime moment, out _, out CodecFault _) == OperationStatus.Done
            && moment.TryToDateTimeOffset(out DateTimeOffset time, TimeSpan.Zero)
            ? time.ToUniversalTime()
            : throw Unexpected(place, $"{value} is no time");
    }

    private RemoteProtocolException Unexpected(CosemAttributeDescriptor attribute, string problem) =>
        DlmsFaults.Unexpected(ReadOnlyMemory<byte>.Empty, What(attribute), problem);

    private string What(CosemAttributeDescriptor attribute) => $"{port}: GET {attribute}";
}
