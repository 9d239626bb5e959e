using System.Buffers.Binary;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>The settings of the clock that passed the line to the meter, read off its octets by the test, which nobody kills: what a meter
/// may have been made to do, also where its own log cannot tell. Safe for use from any thread.</summary>
internal sealed class OfferedCommands
{
    private const int TimeOctets = 12;

    /// <summary>SET request normal; the octet behind it is the invocation's.</summary>
    private static readonly byte[] Set = [0xC1, 0x01];

    /// <summary>Class 8, the clock, attribute 2, no selection, an octet string of twelve.</summary>
    private static readonly byte[] ClockTime = [0x00, 0x08, 0x00, 0x00, 0x01, 0x00, 0x00, 0xFF, 0x02, 0x00, 0x09, TimeOctets];

    private readonly Lock _gate = new();
    private readonly HdlcFrameReader _reader = new();
    private readonly List<int> _hours = [];
    private byte[] _last = [];

    /// <summary>Forgets what passed so far.</summary>
    public void Mark()
    {
        lock (_gate)
        {
            _hours.Clear();
        }
    }

    /// <summary>By how many hours each setting of the clock since the mark was ahead of true time. A frame that is repeated on its link
    /// counts once: the meter takes it once.</summary>
    public IReadOnlyList<int> HoursSet()
    {
        lock (_gate)
        {
            return [.. _hours];
        }
    }

    /// <summary>The line was plugged in anew: a frame that was cut off before goes on nowhere.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _reader.Clear();
            _last = [];
        }
    }

    /// <summary>Takes octets that pass to the meter.</summary>
    public void Take(ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            while (!octets.IsEmpty)
            {
                octets = octets[_reader.Append(octets)..];
                while (_reader.TryRead(out HdlcFrame frame, out _))
                {
                    Take(frame);
                }
            }
        }
    }

    private void Take(in HdlcFrame frame)
    {
        if (frame.Control.Kind != HdlcFrameKind.Information)
        {
            _last = frame.Control.Kind == HdlcFrameKind.Snrm ? [] : _last;
            return;
        }

        byte[] identity = [(byte)frame.Control.SendSequence, .. frame.Information];
        int set = frame.Information.IndexOf(Set);
        int clock = frame.Information.IndexOf(ClockTime);
        if (set >= 0 && clock == set + Set.Length + 1 && !identity.AsSpan().SequenceEqual(_last))
        {
            DateTimeOffset time = TimeIn(frame.Information.Slice(clock + ClockTime.Length, TimeOctets));
            _hours.Add((int)Math.Round((time - TimeProvider.System.GetUtcNow()).TotalHours));
        }

        _last = identity;
    }

    private static DateTimeOffset TimeIn(ReadOnlySpan<byte> octets) => new(
        BinaryPrimitives.ReadUInt16BigEndian(octets), octets[2], octets[3], octets[5], octets[6], octets[7], TimeSpan.Zero);
}
