using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Reads the alerts of a meter out of what it sends unasked. Nothing that came is thrown away: what cannot be read is told without
/// a code.</summary>
/// <param name="client">What takes in what the meter sends.</param>
/// <param name="map">Where the number of an event stands; null when the profile does not say.</param>
internal sealed class EsmeAlerts(DlmsClient client, AlertMap? map)
{
    /// <summary>Takes out the oldest.</summary>
    internal bool TryTake([NotNullWhen(true)] out DeviceNotification? notification)
    {
        notification = client.TryTakeNotification(out ReceivedNotification received) ? Read(received) : null;
        return notification is not null;
    }

    private DeviceNotification Read(in ReceivedNotification received)
    {
        if (received.Problem.Length > 0)
        {
            return new DeviceNotification(string.Empty, null, received.Wire, received.Problem);
        }

        ReadOnlySpan<byte> apdu = received.Clear.Span;
        return (ApduTag)apdu[0] switch
        {
            ApduTag.EventNotification => ReadEvent(received),
            ApduTag.DataNotification => ReadData(received),
            _ => new DeviceNotification(string.Empty, null, received.Wire, $"an APDU with tag {apdu[0]:X2} that nobody asked for"),
        };
    }

    private DeviceNotification ReadEvent(in ReceivedNotification received)
    {
        if (EventNotification.Decode(received.Clear.Span, out EventNotification told, out _, out CodecFault fault) != OperationStatus.Done)
        {
            return new DeviceNotification(string.Empty, null, received.Wire, $"an event notification that cannot be read: {fault}");
        }

        bool hasTime = told.TryGetTime(out CosemDateTime moment);
        return told.Attribute == map?.Code && NumberOf(told.Data, []) is int number
            ? Alert(number, hasTime ? moment : null, received.Wire, $"event notification of {told.Attribute}")
            : Unknown(hasTime ? moment : null, received.Wire, $"event notification of {told.Attribute}");
    }

    private DeviceNotification ReadData(in ReceivedNotification received)
    {
        if (DataNotification.Decode(received.Clear.Span, out DataNotification told, out _, out CodecFault fault) != OperationStatus.Done)
        {
            return new DeviceNotification(string.Empty, null, received.Wire, $"a data notification that cannot be read: {fault}");
        }

        bool hasTime = told.TryGetTime(out CosemDateTime moment);
        return map is not null && NumberOf(told.Data, map.Part) is int number
            ? Alert(number, hasTime ? moment : null, received.Wire, $"data notification, {told.InvokeId}")
            : Unknown(hasTime ? moment : null, received.Wire, $"data notification, {told.InvokeId}");
    }

    private DeviceNotification Alert(int number, CosemDateTime? moment, ReadOnlyMemory<byte> wire, string detail) =>
        new(map!.CodeOf(number), TimeOf(moment), wire, detail)
        {
            ClockStatus = moment is { } known ? ClockStatusText.Of(known) : string.Empty,
        };

    private static DeviceNotification Unknown(CosemDateTime? moment, ReadOnlyMemory<byte> wire, string detail) =>
        new(string.Empty, TimeOf(moment), wire, $"{detail}, without a code that the profile finds")
        {
            ClockStatus = moment is { } known ? ClockStatusText.Of(known) : string.Empty,
        };

    private static DateTimeOffset? TimeOf(CosemDateTime? moment) =>
        moment is { } known && known.TryToDateTimeOffset(out DateTimeOffset time, TimeSpan.Zero) ? time.ToUniversalTime() : null;

    private static int? NumberOf(ReadOnlySpan<byte> data, IReadOnlyList<int> part)
    {
        if (DlmsDataCodec.Decode(data, out DlmsData value, out _, out _) != OperationStatus.Done)
        {
            return null;
        }

        foreach (int place in part)
        {
            if (value.Items.Count < place)
            {
                return null;
            }

            value = value.Items[place - 1];
        }

        return value.TryGetInt64(out long number) && number is >= 0 and <= ushort.MaxValue ? (int)number : null;
    }
}
