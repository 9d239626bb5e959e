using DeviceHarness.Codecs.Ash;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ash;

/// <summary>The frames that wait, and those under way until they are acknowledged; no time but that of their sending.</summary>
/// <remarks>Source: the public UART-EZSP gateway protocol reference (Silicon Labs), as this harness's ZigBee guide 3.6 sums it
/// up.</remarks>
internal sealed class AshSendWindow(int windowFrames)
{
    /// <summary>The most frames that wait for room in the window.</summary>
    internal const int MaximumWaitingFrames = 16;

    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private readonly List<Outgoing> _underWay = [];
    private int _firstNumber;
    private int _repeatFrom;

    /// <summary>Whether anything waits for its acknowledgement.</summary>
    internal bool IsUnderWay => _underWay.Count > 0;

    /// <summary>Whether another frame may wait.</summary>
    internal bool HasRoom => _waiting.Count < MaximumWaitingFrames;

    /// <summary>Forgets everything; the next frame has number 0.</summary>
    internal void Reset()
    {
        _waiting.Clear();
        _underWay.Clear();
        _firstNumber = 0;
        _repeatFrom = 0;
    }

    /// <summary>Lets a frame wait.</summary>
    internal void Add(ReadOnlyMemory<byte> data) => _waiting.Enqueue(data);

    /// <summary>Takes an acknowledgement of all frames before a number.</summary>
    /// <param name="ackNumber">The number.</param>
    /// <param name="acknowledged">How many frames it is news about.</param>
    /// <param name="sentOnceAt">When the last of them was sent, if it was sent once; null otherwise.</param>
    /// <returns>False when no such frame is under way.</returns>
    internal bool TryAcknowledge(int ackNumber, out int acknowledged, out TimeSpan? sentOnceAt)
    {
        sentOnceAt = null;
        acknowledged = (ackNumber - _firstNumber + AshControl.SequenceModulus) % AshControl.SequenceModulus;
        if (acknowledged > _underWay.Count)
        {
            acknowledged = 0;
            return false;
        }

        if (acknowledged > 0)
        {
            Outgoing last = _underWay[acknowledged - 1];
            sentOnceAt = last.WasRepeated ? null : last.SentAt;
            _underWay.RemoveRange(0, acknowledged);
            _firstNumber = ackNumber;
            _repeatFrom = Math.Max(0, _repeatFrom - acknowledged);
        }

        return true;
    }

    /// <summary>Everything under way is to be sent again.</summary>
    internal void RepeatAll() => _repeatFrom = 0;

    /// <summary>Takes the next frame to be put on the line.</summary>
    internal bool TryTake(TimeSpan now, out int number, out bool isRepeated, out ReadOnlyMemory<byte> data)
    {
        number = (_firstNumber + _repeatFrom) % AshControl.SequenceModulus;
        isRepeated = _repeatFrom < _underWay.Count;
        data = default;
        if (isRepeated)
        {
            data = _underWay[_repeatFrom].Data;
            _underWay[_repeatFrom++] = new(data, now, WasRepeated: true);
            return true;
        }

        if (_underWay.Count >= windowFrames || !_waiting.TryDequeue(out data))
        {
            return false;
        }

        _underWay.Add(new(data, now, WasRepeated: false));
        _repeatFrom = _underWay.Count;
        return true;
    }

    private readonly record struct Outgoing(ReadOnlyMemory<byte> Data, TimeSpan SentAt, bool WasRepeated);
}
