using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>A value that the server pushes.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Data-Notification. Spans point into the octets that were decoded.
/// <code>
/// 0F long-invoke-id-and-priority 4 | 00, or 0C date-time 12 | data
/// </code>
/// Departs: the octet 09 that some meters put in front of the 0C is accepted and never sent.
/// </remarks>
public readonly ref struct DataNotification
{
    /// <summary>Makes a notification.</summary>
    /// <param name="longInvokeId">Bits 0 to 23 invoke id, 30 service class, 31 priority.</param>
    /// <param name="dateTime">Twelve octets; empty to send none.</param>
    /// <param name="data">One encoded value of type Data.</param>
    public DataNotification(uint longInvokeId, ReadOnlySpan<byte> dateTime, ReadOnlySpan<byte> data)
    {
        LongInvokeId = longInvokeId;
        DateTime = dateTime;
        Data = data;
    }

    /// <summary>Bits 0 to 23 invoke id, 30 service class, 31 priority.</summary>
    public uint LongInvokeId { get; }

    /// <summary>The same four octets with their bits.</summary>
    public LongInvokeIdAndPriority InvokeId => new(LongInvokeId);

    /// <summary>When it was sent; empty when left out, otherwise twelve octets as a rule.</summary>
    public ReadOnlySpan<byte> DateTime { get; }

    /// <summary>One encoded value of type Data.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>When it was sent, if that was told in twelve octets; parts of it may be unspecified.</summary>
    /// <param name="time">The moment.</param>
    public bool TryGetTime(out CosemDateTime time)
    {
        time = default;
        return DateTime.Length == CosemDateTime.OctetCount
            && CosemDateTime.Decode(DateTime, out time, out _, out _) == OperationStatus.Done;
    }

    /// <summary>Decodes the APDU that the octets start with.</summary>
    /// <param name="source">The APDU; octets after it are left alone.</param>
    /// <param name="notification">The notification, when done.</param>
    /// <param name="consumedOctets">The APDU's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out DataNotification notification, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        notification = default;
        if (reader.TryExpect((byte)ApduTag.DataNotification, CodecFaultKind.UnknownTag, ApduFields.TagClause)
            && reader.TryReadUInt32(out uint longInvokeId)
            && TrySkipOctetStringTag(ref reader)
            && reader.TryReadLengthPrefixed(out ReadOnlySpan<byte> dateTime)
            && reader.TrySkipValue(out ReadOnlySpan<byte> data))
        {
            notification = new(longInvokeId, dateTime, data);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the APDU.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in DataNotification notification, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        writer.WriteOctet((byte)ApduTag.DataNotification);
        writer.WriteUInt32(notification.LongInvokeId);
        writer.WriteLengthPrefixed(notification.DateTime);
        ApduFields.WriteData(ref writer, notification.Data);
        return writer.Complete(out writtenOctets);
    }

    private static bool TrySkipOctetStringTag(scoped ref AxdrReader reader) =>
        !reader.TryPeek(out byte next) || next != (byte)DlmsDataType.OctetString || reader.TryReadOctet(out _);
}
