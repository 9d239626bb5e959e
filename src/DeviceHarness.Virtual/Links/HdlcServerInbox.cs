namespace DeviceHarness.Virtual.Links;

/// <summary>Puts the segments of one message together, up to a limit; what is longer is counted and thrown away.</summary>
internal sealed class HdlcServerInbox(int maximumOctets)
{
    private readonly byte[] _message = new byte[maximumOctets];
    private int _octets;

    /// <summary>Whether the message grew over the limit.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether no message has begun.</summary>
    public bool IsEmpty => _octets == 0 && !IsTooLong;

    /// <summary>Adds a segment.</summary>
    public void Append(ReadOnlySpan<byte> segment)
    {
        if (IsTooLong || segment.Length > _message.Length - _octets)
        {
            IsTooLong = true;
            return;
        }

        segment.CopyTo(_message.AsSpan(_octets));
        _octets += segment.Length;
    }

    /// <summary>The whole message, which is valid until the next segment comes; the inbox is empty again.</summary>
    public ReadOnlySpan<byte> Take()
    {
        ReadOnlySpan<byte> message = _message.AsSpan(0, _octets);
        Clear();
        return message;
    }

    /// <summary>Forgets what came.</summary>
    public void Clear()
    {
        _octets = 0;
        IsTooLong = false;
    }
}
