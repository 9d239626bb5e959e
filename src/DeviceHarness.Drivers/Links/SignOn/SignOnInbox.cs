using DeviceHarness.Codecs.Iec62056;

namespace DeviceHarness.Drivers.Links.SignOn;

/// <summary>The characters of a sign-on that came: seven bits each, from the first that can start a message.</summary>
internal sealed class SignOnInbox(bool checksParity)
{
    /// <summary>The most characters kept; the longest message that is awaited is far shorter.</summary>
    internal const int MaximumOctets = 512;

    /// <summary>What stands for a character with wrong parity: no message has it.</summary>
    private const byte Damaged = 0x7F;

    private readonly byte[] _octets = new byte[MaximumOctets];
    private int _count;

    /// <summary>Whether anything came since the last message of ours.</summary>
    internal bool HasHeard { get; private set; }

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
            if (_count == MaximumOctets)
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
