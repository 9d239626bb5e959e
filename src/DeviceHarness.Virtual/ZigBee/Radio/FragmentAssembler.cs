using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Radio;

/// <summary>The stack of the nodes without a host: cuts what is too long for one frame, and puts together what comes in pieces.</summary>
/// <remarks>Source: EZSP reference, as this harness's ZigBee guide 4.5 sums it up: the group of a fragment is its number, that of the first
/// has the number of all above it; one fragment at a time.</remarks>
internal sealed class FragmentAssembler
{
    /// <summary>The most octets in one frame.</summary>
    public const int FrameOctets = 82;

    /// <summary>What the link key's protection takes of them.</summary>
    public const int ProtectionOctets = 9;

    /// <summary>What the header of a fragment takes of them.</summary>
    public const int FragmentOctets = 2;

    private const int MostOctets = 4096;
    private const int MostMessages = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<(ulong To, ushort From, byte Counter), Pieces> _begun = [];

    /// <summary>How many octets of a message a frame has room for.</summary>
    /// <param name="options">The options of the message.</param>
    public static int RoomFor(EmberApsOptions options) => FrameOctets
        - (options.HasFlag(EmberApsOptions.Encryption) ? ProtectionOctets : 0)
        - (options.HasFlag(EmberApsOptions.Fragment) ? FragmentOctets : 0);

    /// <summary>The pieces of a message, in their order.</summary>
    /// <param name="whole">The message, of at most 255 pieces.</param>
    public static RadioFrame[] Cut(RadioFrame whole)
    {
        EmberApsOptions options = whole.Aps.Options | EmberApsOptions.Fragment | EmberApsOptions.Retry;
        byte[][] pieces = [.. whole.Payload.Chunk(RoomFor(options))];
        return
        [
            .. pieces.Select((piece, number) => whole with
            {
                Aps = whole.Aps with
                {
                    Options = options,
                    GroupId = (ushort)(number == 0 ? pieces.Length << 8 : number),
                },
                Payload = piece,
            }),
        ];
    }

    /// <summary>A piece came to a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="now">The time.</param>
    /// <param name="whole">The message, when this was its last piece; null otherwise.</param>
    /// <returns>Whether it was taken, which its sender is told.</returns>
    public bool TryTake(ulong node, RadioFrame piece, TimeSpan now, out RadioFrame? whole)
    {
        whole = null;
        foreach ((ulong To, ushort From, byte Counter) late in _begun.Where(entry => entry.Value.At + Patience < now)
            .Select(entry => entry.Key).ToArray())
        {
            _begun.Remove(late);
        }

        (ulong To, ushort From, byte Counter) key = (node, piece.Source, piece.Aps.Sequence);
        int number = piece.Aps.GroupId & 0xFF;
        if (number == 0)
        {
            _begun.Remove(key);
            if (piece.Aps.GroupId == 0 || _begun.Count == MostMessages)
            {
                return false;
            }

            _begun.Add(key, new Pieces(piece.Aps.GroupId >> 8, piece.Aps.Options));
        }

        if (!_begun.TryGetValue(key, out Pieces? pieces) || pieces.Count != number || number >= pieces.Expected
            || pieces.Options != piece.Aps.Options || pieces.Octets.Count + piece.Payload.Length > MostOctets)
        {
            return false;
        }

        pieces.Octets.AddRange(piece.Payload);
        pieces.Count++;
        pieces.At = now;
        if (pieces.Count == pieces.Expected)
        {
            _begun.Remove(key);
            EmberApsFrame aps = piece.Aps with { Options = piece.Aps.Options & ~EmberApsOptions.Fragment, GroupId = 0 };
            whole = piece with { Aps = aps, Payload = [.. pieces.Octets] };
        }

        return true;
    }

    private sealed class Pieces(int expected, EmberApsOptions options)
    {
        public int Expected => expected;

        public EmberApsOptions Options => options;

        public List<byte> Octets { get; } = [];

        public int Count { get; set; }

        public TimeSpan At { get; set; }
    }
}
