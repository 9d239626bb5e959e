using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>An attribute whose value the server reports on its own.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Event-Notification-Request. Spans point into the octets that were decoded.
/// <code>
/// C2 | 00, or 01 0C date-time 12 | attribute 9 | data
/// </code>
/// Departs: the form 09 0C that is common in the field is accepted and never sent.
/// </remarks>
public readonly ref struct EventNotification
{
    private const string Clause = "IEC 62056-5-3 Event-Notification-Request";

    /// <summary>Makes a notification.</summary>
    /// <param name="time">Twelve octets; empty to send none.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="data">One encoded value of type Data.</param>
    public EventNotification(ReadOnlySpan<byte> time, CosemAttributeDescriptor attribute, ReadOnlySpan<byte> data)
    {
        Time = time;
        Attribute = attribute;
        Data = data;
    }

    /// <summary>When it happened; empty when left out, otherwise twelve octets as a rule.</summary>
    public ReadOnlySpan<byte> Time { get; }

    /// <summary>The attribute.</summary>
    public CosemAttributeDescriptor Attribute { get; }

    /// <summary>One encoded value of type Data.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>When it happened, if that was told in twelve octets; parts of it may be unspecified.</summary>
    /// <param name="time">The moment.</param>
    public bool TryGetTime(out CosemDateTime time)
    {
        time = default;
        return Time.Length == CosemDateTime.OctetCount && CosemDateTime.Decode(Time, out time, out _, out _) == OperationStatus.Done;
    }

    /// <summary>Decodes the APDU that the octets start with.</summary>
    /// <param name="source">The APDU; octets after it are left alone.</param>
    /// <param name="notification">The notification, when done.</param>
    /// <param name="consumedOctets">The APDU's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out EventNotification notification, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        notification = default;
        if (reader.TryExpect((byte)ApduTag.EventNotification, CodecFaultKind.UnknownTag, ApduFields.TagClause)
            && TryReadTime(ref reader, out ReadOnlySpan<byte> time)
            && CosemAttributeDescriptor.TryRead(ref reader, out CosemAttributeDescriptor attribute)
            && reader.TrySkipValue(out ReadOnlySpan<byte> data))
        {
            notification = new(time, attribute, data);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the APDU.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in EventNotification notification, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        writer.WriteOctet((byte)ApduTag.EventNotification);
        writer.WriteFlag(!notification.Time.IsEmpty);
        if (!notification.Time.IsEmpty)
        {
            writer.WriteLengthPrefixed(notification.Time);
        }

        notification.Attribute.Write(ref writer);
        ApduFields.WriteData(ref writer, notification.Data);
        return writer.Complete(out writtenOctets);
    }

    private static bool TryReadTime(scoped ref AxdrReader reader, out ReadOnlySpan<byte> time)
    {
        time = default;
        if (!reader.TryReadOctet(out byte form))
        {
            return false;
        }

        return form switch
        {
            0 => true,
            1 or (byte)DlmsDataType.OctetString => reader.TryReadLengthPrefixed(out time),
            _ => reader.Fail(new(CodecFaultKind.UnexpectedValue, 1, 1, form, Clause)),
        };
    }
}
