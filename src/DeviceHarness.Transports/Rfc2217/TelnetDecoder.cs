namespace DeviceHarness.Transports.Rfc2217;

/// <summary>Takes the octets of a line out of a Telnet stream, and its commands.</summary>
/// <remarks>Spec: RFC 854 (commands), RFC 855 (options). Pieces of any size; one owner.</remarks>
internal sealed class TelnetDecoder
{
    internal const byte Interpret = 255;
    internal const byte Dont = 254;
    internal const byte Do = 253;
    internal const byte Wont = 252;
    internal const byte Will = 251;
    internal const byte Begin = 250;
    internal const byte End = 240;

    /// <summary>The longest subnegotiation that is kept; what is longer is none of a port's.</summary>
    internal const int MaximumSubnegotiation = 256;

    private readonly List<byte> _subnegotiation = [];
    private State _state;
    private byte _verb;

    private enum State
    {
        Data,
        Command,
        Option,
        Subnegotiation,
        SubnegotiationCommand,
    }

    /// <summary>Decodes octets as they came.</summary>
    /// <param name="source">What came.</param>
    /// <param name="target">Where the octets of the line go: as long as <paramref name="source"/>, and it may be the same.</param>
    /// <param name="told">Is given each option command, verb and option; and each subnegotiation, whose verb is
    /// <see cref="Begin"/>.</param>
    /// <returns>How many octets of the line there are.</returns>
    internal int Decode(ReadOnlySpan<byte> source, Span<byte> target, Action<byte, ReadOnlyMemory<byte>> told)
    {
        int count = 0;
        foreach (byte octet in source)
        {
            switch (_state)
            {
                case State.Data when octet == Interpret:
                    _state = State.Command;
                    break;
                case State.Data:
                    target[count++] = octet;
                    break;
                case State.Command when octet == Interpret:
                    target[count++] = octet;
                    _state = State.Data;
                    break;
                case State.Command:
                    _verb = octet;
                    _subnegotiation.Clear();
                    _state = octet == Begin ? State.Subnegotiation : octet is Will or Wont or Do or Dont ? State.Option : State.Data;
                    break;
                case State.Option:
                    told(_verb, new[] { octet });
                    _state = State.Data;
                    break;
                case State.Subnegotiation when octet == Interpret:
                    _state = State.SubnegotiationCommand;
                    break;
                case State.Subnegotiation:
                    Keep(octet);
                    break;
                default:
                    EndOrKeep(octet, told);
                    break;
            }
        }

        return count;
    }

    private void EndOrKeep(byte octet, Action<byte, ReadOnlyMemory<byte>> told)
    {
        if (octet == Interpret)
        {
            Keep(octet);
            _state = State.Subnegotiation;
            return;
        }

        // Anything but the end is a broken subnegotiation: what it told is dropped, and the stream goes on.
        if (octet == End && _subnegotiation.Count is > 0 and <= MaximumSubnegotiation)
        {
            told(Begin, _subnegotiation.ToArray());
        }

        _state = State.Data;
    }

    private void Keep(byte octet)
    {
        if (_subnegotiation.Count <= MaximumSubnegotiation)
        {
            _subnegotiation.Add(octet);
        }
    }
}
