using System.Buffers;

namespace DeviceHarness.Codecs.Wrapper;

/// <summary>Finds wrapped APDUs in a stream of octets that arrives in any pieces.</summary>
/// <remarks>
/// Spec: IEC 62056-47, wrapper protocol data unit. There is no mark to find again after a wrong version: the stream is worthless from there
/// on and the connection must be made anew. Not thread safe: one owner appends and reads.
/// </remarks>
public sealed class WrapperReader
{
    /// <summary>The largest unit, in octets.</summary>
    public const int MaximumUnitOctets = WrapperHeader.OctetCount + ushort.MaxValue;

    /// <summary>The octets held at most: one unit of the largest size, and what was read together with its end.</summary>
    public const int CapacityOctets = MaximumUnitOctets + 4096;

    private readonly byte[] _buffer = new byte[CapacityOctets];
    private int _start;
    private int _end;

    /// <summary>The octets held and not yet read; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Pending => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Takes octets as they arrive. What was read before is no longer valid after it.</summary>
    /// <param name="octets">What arrived.</param>
    /// <returns>How many octets were taken: all, unless the reader is full; read until more are needed, then append the rest.</returns>
    public int Append(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > _buffer.Length - _end)
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

    /// <summary>Reads the next unit.</summary>
    /// <param name="header">Its header, when done.</param>
    /// <param name="apdu">Its APDU, when done; valid until the next <see cref="Append"/> or <see cref="Clear"/>.</param>
    /// <param name="fault">What is wrong, when invalid.</param>
    /// <returns>Done; more data needed; or invalid, and then for ever.</returns>
    public OperationStatus TryRead(out WrapperHeader header, out ReadOnlyMemory<byte> apdu, out CodecFault fault)
    {
        apdu = default;
        OperationStatus status = WrapperHeader.Decode(_buffer.AsSpan(_start, _end - _start), out header, out int consumed, out fault);
        if (status != OperationStatus.Done)
        {
            return status;
        }

        int unitOctets = consumed + header.ApduOctets;
        if (_end - _start < unitOctets)
        {
            header = default;
            return OperationStatus.NeedMoreData;
        }

        apdu = _buffer.AsMemory(_start + consumed, header.ApduOctets);
        _start += unitOctets;
        return OperationStatus.Done;
    }

    /// <summary>Forgets the octets held, as for a new connection.</summary>
    public void Clear()
    {
        _start = 0;
        _end = 0;
    }
}
