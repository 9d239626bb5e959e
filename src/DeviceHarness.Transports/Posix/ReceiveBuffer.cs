namespace DeviceHarness.Transports.Posix;

/// <summary>Octets received and not read yet, each piece with the stamp of its arrival. Not safe for threads by itself.</summary>
internal sealed class ReceiveBuffer
{
    /// <summary>The octets held at most; then the port is not read until there is room, and the kernel's own buffer takes over.</summary>
    internal const int CapacityOctets = 64 * 1024;

    /// <summary>The pieces told apart at most; beyond it a piece takes the later stamp of the two that are joined.</summary>
    internal const int CapacityPieces = 1024;

    private readonly byte[] _octets = GC.AllocateUninitializedArray<byte>(CapacityOctets, pinned: true);
    private readonly (int Count, long Stamp)[] _pieces = new (int, long)[CapacityPieces];
    private int _head;
    private int _count;
    private int _firstPiece;
    private int _pieceCount;

    internal int Count => _count;

    internal bool IsFull => _count == CapacityOctets;

    /// <summary>The free stretch that the next octets go to; empty when full.</summary>
    internal Span<byte> FreeStretch()
    {
        int tail = (_head + _count) % CapacityOctets;
        int length = Math.Min(CapacityOctets - _count, CapacityOctets - tail);
        return _octets.AsSpan(tail, length);
    }

    /// <summary>Counts octets that were put into <see cref="FreeStretch"/>.</summary>
    internal void Added(int count, long stamp)
    {
        _count += count;
        if (_pieceCount == CapacityPieces)
        {
            ref (int Count, long Stamp) last = ref _pieces[(_firstPiece + _pieceCount - 1) % CapacityPieces];
            last = (last.Count + count, stamp);
            return;
        }

        _pieces[(_firstPiece + _pieceCount) % CapacityPieces] = (count, stamp);
        _pieceCount++;
    }

    /// <summary>Takes octets of the oldest piece; 0 when empty.</summary>
    internal int Take(Span<byte> target, out long stamp)
    {
        stamp = 0;
        if (_pieceCount == 0)
        {
            return 0;
        }

        ref (int Count, long Stamp) piece = ref _pieces[_firstPiece];
        int count = Math.Min(piece.Count, target.Length);
        stamp = piece.Stamp;
        int first = Math.Min(count, CapacityOctets - _head);
        _octets.AsSpan(_head, first).CopyTo(target);
        _octets.AsSpan(0, count - first).CopyTo(target[first..]);
        _head = (_head + count) % CapacityOctets;
        _count -= count;
        piece.Count -= count;
        if (piece.Count == 0)
        {
            _firstPiece = (_firstPiece + 1) % CapacityPieces;
            _pieceCount--;
        }

        return count;
    }

    internal void Clear()
    {
        _head = 0;
        _count = 0;
        _firstPiece = 0;
        _pieceCount = 0;
    }
}
