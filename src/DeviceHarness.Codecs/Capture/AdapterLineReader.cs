using System.Buffers;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Codecs.Capture;

/// <summary>Finds the EZSP frames in what was recorded on the line between a host and its adapter, in both directions.</summary>
/// <remarks>
/// What ASH sends a second time is given once. What cannot be read - damaged, or with masked keys in it - is passed over and counted.
/// A recording may begin and end anywhere. Source: as this harness's ZigBee guide 3 and 4 sum them up. Not thread safe.
/// </remarks>
public sealed class AdapterLineReader
{
    private readonly Direction _toAdapter = new();
    private readonly Direction _fromAdapter = new();
    private readonly EzspFollower _follower;

    /// <summary>Begins a recording.</summary>
    /// <param name="version">The version that both sides speak, where it is known; null to learn it from the recording.</param>
    public AdapterLineReader(EzspVersion? version = null) => _follower = new EzspFollower(version);

    /// <summary>How many frames could not be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>How many frames were sent again and had been read.</summary>
    public int Repeated { get; private set; }

    /// <summary>The version that the recording told; null while it has not.</summary>
    public EzspVersion? Version => _follower.Agreed;

    /// <summary>Takes the next octets of one direction.</summary>
    /// <param name="isToAdapter">Whether the host wrote them.</param>
    /// <param name="octets">The octets, cut anywhere.</param>
    /// <returns>The frames that ended in them, in order.</returns>
    public IReadOnlyList<AdapterFrame> Take(bool isToAdapter, ReadOnlySpan<byte> octets)
    {
        Direction direction = isToAdapter ? _toAdapter : _fromAdapter;
        List<AdapterFrame> frames = [];
        while (!octets.IsEmpty)
        {
            switch (direction.Reader.Read(octets, out int consumed, out AshFrame frame, out _))
            {
                case AshReading.Damaged:
                    Unreadable++;
                    break;
                case AshReading.Frame when frame.Control.Kind is AshFrameKind.Reset or AshFrameKind.ResetAck:
                    _toAdapter.Forget();
                    _fromAdapter.Forget();
                    _follower.Restart();
                    break;
                case AshReading.Frame when frame.Control.Kind == AshFrameKind.Data:
                    Add(frames, direction, frame, isToAdapter);
                    break;
            }

            octets = octets[consumed..];
        }

        return frames;
    }

    private void Add(List<AdapterFrame> frames, Direction direction, in AshFrame frame, bool isToAdapter)
    {
        if (direction.IsRepeated(frame))
        {
            Repeated++;
            return;
        }

        byte[] data = frame.Data.ToArray();
        if (_follower.Read(data, out EzspHeader header, out ReadOnlyMemory<byte> parameters, out EzspVersion version, out _)
            != OperationStatus.Done || header.IsResponse == isToAdapter)
        {
            Unreadable++;
            return;
        }

        frames.Add(new AdapterFrame(header, parameters, version));
    }

    /// <summary>One direction: the frames under way in it, and the last data under each number.</summary>
    private sealed class Direction
    {
        private readonly byte[]?[] _last = new byte[AshControl.SequenceModulus][];

        public AshFrameReader Reader { get; } = new();

        public void Forget() => Array.Clear(_last);

        public bool IsRepeated(in AshFrame frame)
        {
            ref byte[]? last = ref _last[frame.Control.FrameNumber];
            if (frame.Control.IsRetransmission && last is not null && frame.Data.SequenceEqual(last))
            {
                return true;
            }

            last = frame.Data.ToArray();
            return false;
        }
    }
}
