using DeviceHarness.Codecs.Iec62056;

namespace DeviceHarness.Drivers.Links.SignOn;

/// <summary>The characters of a sign-on that came: seven bits each, from the first that can start a message.</summary>
/// <param name="checksParity">Whether the characters have their parity bit.</param>
/// <param name="maximumOctets">The most characters kept; the longest message that is awaited is shorter.</param>
internal sealed class SignOnInbox(bool checksParity, int maximumOctets = SignOnInbox.MessageOctets)
{
    /// <summary>Room for the messages of a sign-on.</summary>
    internal const int MessageOctets = 512;

    /// <summary>Room for a read-out too.</summary>
    internal const int ReadOutOctets = MessageOctets + DataMessage.MaximumDataOctets;

    /// <summary>What stands for a character with wrong parity: no message has it.</summary>
    private const byte Damaged = 0x7F;

    private readonly byte[] _octets = new byte[maximumOctets];
    private int _count;

    /// <summary>Whether anything came since the last message of ours.</summary>
    internal bool HasHeard { get; private set; }

    /// <summary>Whether nothing more fits without losing the oldest.</summary>
    internal bool IsFull => _count == maximumOctets;

    /// <summary>What came and was not taken, for messages about faults.</summary>
    internal ReadOnlyMemory<byte> Rest => _octets.AsMemory(0, _count);

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        _count = 0;
        HasHeard = false;
    }

    /// <summary>Takes octets from the line; beyond the limit the oldest are thrown away.</summary>
    internal void Append(ReadOnlySpan<byte> octets)
    {
        HasHeard |= !octets.IsEmpty;
        Span<byte> character = stackalloc byte[1];
        foreach (byte octet in octets)
        {
            if (_count == maximumOctets)
            {
                Take(1);
            }

            character[0] = octet;
            int odd = EvenParity.Strip(character);
            _octets[_count++] = checksParity && odd > 0 ? Damaged : character[0];
        }
    }

    /// <summary>Throws away what stands before a character that starts an awaited message.</summary>
    internal void SkipTo(ReadOnlySpan<byte> starts)
    {
        int at = _octets.AsSpan(0, _count).IndexOfAny(starts);
        Take(at < 0 ? _count : at);
    }

    /// <summary>Throws away the first characters.</summary>
    internal void Take(int count)
    {
        _octets.AsSpan(count, _count - count).CopyTo(_octets);
        _count -= count;
    }
}
