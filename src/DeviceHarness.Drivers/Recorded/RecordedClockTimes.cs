using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Drivers.Recorded;

/// <summary>The times that the clocks of a recording were set to in ciphered associations, in order.</summary>
/// <remarks>A request tells the time of its sending, to which the dialogue so far is added: no replay comes to the same hundredth of a
/// second by itself.</remarks>
internal sealed class RecordedClockTimes
{
    /// <summary>How far a recorded time may be from the one that is worked out anew: beyond that something else differs, and has to
    /// show.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private const ushort ClockClass = 8;

    private readonly Queue<DateTimeOffset> _times = new();
    private RecordedAssociation? _association;

    /// <summary>Adds what went to the device; an association may go on in the next piece.</summary>
    /// <param name="framing">What frames carried it.</param>
    /// <param name="sent">The octets, without gaps.</param>
    /// <param name="openerOf">Finds what opens the requests of an association; null when they are in clear.</param>
    public void Load(LinkFraming framing, ReadOnlySpan<byte> sent, Func<RecordedAssociation, SecurityContext?> openerOf)
    {
        Queue<RecordedAssociation> begun = new(RecordedAssociation.Find(framing, sent));
        SecurityContext? opener = _association is null ? null : openerOf(_association);
        try
        {
            byte[] before = [];
            foreach (byte[] apdu in RecordedAssociation.ApdusIn(framing, sent))
            {
                bool isAgain = apdu.AsSpan().SequenceEqual(before);
                before = apdu;
                if (!isAgain && apdu is [(byte)ApduTag.Aarq, ..] && begun.TryDequeue(out _association))
                {
                    opener?.Dispose();
                    opener = openerOf(_association);
                }
                else if (!isAgain && opener is not null && TimeIn(opener, apdu) is { } time)
                {
                    _times.Enqueue(time);
                }
            }
        }
        finally
        {
            opener?.Dispose();
        }
    }

    /// <summary>Takes the next time.</summary>
    /// <param name="time">The time that was worked out anew.</param>
    /// <returns>Null when there is none, or when it is further away than <see cref="Tolerance"/>.</returns>
    public DateTimeOffset? Take(DateTimeOffset time) =>
        _times.TryDequeue(out DateTimeOffset recorded) && (recorded - time).Duration() <= Tolerance ? recorded : null;

    private static DateTimeOffset? TimeIn(SecurityContext opener, byte[] apdu)
    {
        if (opener.Open(apdu, new byte[apdu.Length], out OpenedApdu opened, out _) != OperationStatus.Done
            || SetRequest.Decode(opened.Apdu, out SetRequest set, out _, out _) != OperationStatus.Done
            || set.Choice != SetRequestChoice.Normal || set.Attribute.ClassId != ClockClass)
        {
            return null;
        }

        AxdrReader reader = new(set.Data);
        return reader.TryReadValue(out AxdrValue value)
            && CosemDateTime.Decode(value.Octets, out CosemDateTime moment, out _, out _) == OperationStatus.Done
            && moment.TryToDateTimeOffset(out DateTimeOffset time, TimeSpan.Zero)
            ? time
            : null;
    }
}
