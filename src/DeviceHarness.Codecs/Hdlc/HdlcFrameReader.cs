using System.Buffers;

namespace DeviceHarness.Codecs.Hdlc;

/// <summary>Finds frames in a stream of octets that arrives in any pieces, and finds them again after noise or a damaged frame.</summary>
/// <remarks>
/// Spec: IEC 62056-46, frame format type 3: read by length, never up to the next flag. One flag may close a frame and open the next.
/// After a damaged frame whose header was right and whose closing flag is in its place the whole frame is skipped; otherwise reading starts
/// again at the next flag. Not thread safe: one owner appends and reads.
/// </remarks>
public sealed class HdlcFrameReader
{
    /// <summary>How many octets the reader holds unless told otherwise.</summary>
    public const int DefaultCapacityOctets = 8192;

    /// <summary>The smallest capacity: one frame of the largest size, and an idle flag.</summary>
    public const int MinimumCapacityOctets = HdlcFrameCodec.MaximumFrameOctets + 1;

    private readonly byte[] _buffer;
    private int _start;
    private int _end;
    private int _decidingOctets;

    /// <summary>Makes an empty reader.</summary>
    /// <param name="capacityOctets">How many octets it may hold; at least <see cref="MinimumCapacityOctets"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is too small for a frame.</exception>
    public HdlcFrameReader(int capacityOctets = DefaultCapacityOctets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityOctets, MinimumCapacityOctets);
        _buffer = new byte[capacityOctets];
    }

    /// <summary>How many octets the reader may hold.</summary>
    public int CapacityOctets => _buffer.Length;

    /// <summary>Octets held and not yet read as a frame or skipped, without fill flags.</summary>
    public int PendingOctets => _end - _start is 1 && _buffer[_start] == HdlcFrameCodec.Flag ? 0 : _end - _start;

    /// <summary>How many octets lack until the frame under way is whole; 0 while its header is not there or not proven right.</summary>
    public int MissingOctets => Math.Max(0, _decidingOctets - (_end - _start));

    /// <summary>How many octets were thrown away because they belong to no valid frame; fill flags are not counted.</summary>
    public long SkippedOctets { get; private set; }

    /// <summary>How many times the reader met octets that it had to skip.</summary>
    public long FaultCount { get; private set; }

    /// <summary>How many frames were read.</summary>
    public long FrameCount { get; private set; }

    /// <summary>The last defect that made the reader skip octets; offsets count from the octets then held.</summary>
    public CodecFault LastFault { get; private set; }

    /// <summary>Takes octets as they arrive. Frames read before are no longer valid after it.</summary>
    /// <param name="octets">What arrived.</param>
    /// <returns>
    /// How many octets were taken: all of them, unless the reader is full. After <see cref="TryRead"/> returned false there is room for
    /// at least
    /// the capacity less one frame, so a caller that reads until false and appends the rest loses nothing.
    /// </returns>
    public int Append(ReadOnlySpan<byte> octets)
    {
        if (_start == _end)
        {
            _start = 0;
            _end = 0;
        }
        else if (octets.Length > _buffer.Length - _end)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int taken = Math.Min(octets.Length, _buffer.Length - _end);
        octets[..taken].CopyTo(_buffer.AsSpan(_end));
        _end += taken;
        return taken;
    }

    /// <summary>Reads the next frame, skipping what is none.</summary>
    /// <param name="frame">
    /// The frame; its information points into the reader and is valid until the next <see cref="Append"/> or <see cref="Clear"/>.
    /// </param>
    /// <param name="fault">The last defect that was skipped during this call; <see cref="CodecFault.None"/> when there was none.</param>
    /// <returns>False when more octets are needed.</returns>
    public bool TryRead(out HdlcFrame frame, out CodecFault fault)
    {
        fault = CodecFault.None;
        frame = default;

        // A header that was proven right once is not decoded again for each octet that follows it.
        while (_start < _end && MissingOctets == 0)
        {
            SkipFill();
            ReadOnlySpan<byte> held = _buffer.AsSpan(_start, _end - _start);
            OperationStatus status =
                HdlcFrameCodec.Decode(held, out frame, out int consumedOctets, out _decidingOctets, out CodecFault found);
            if (status == OperationStatus.Done)
            {
                // The closing flag stays: it may be the opening flag of the next frame.
                _start += consumedOctets - 1;
                FrameCount++;
                return true;
            }

            if (status == OperationStatus.NeedMoreData)
            {
                return false;
            }

            fault = found;
            LastFault = found;
            FaultCount++;
            SkippedOctets += consumedOctets;
            _start += consumedOctets;
        }

        return false;
    }

    /// <summary>Forgets the octets held, as after a change of line speed; the counters stay.</summary>
    public void Clear()
    {
        _start = 0;
        _end = 0;
        _decidingOctets = 0;
    }

    private void SkipFill()
    {
        while (_end - _start > 1 && _buffer[_start] == HdlcFrameCodec.Flag && _buffer[_start + 1] == HdlcFrameCodec.Flag)
        {
            _start++;
        }
    }
}
