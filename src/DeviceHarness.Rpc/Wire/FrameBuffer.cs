using System.Buffers;
using Grpc.Core;

namespace DeviceHarness.Rpc.Wire;

/// <summary>One message with its header in one rented buffer.</summary>
/// <param name="limitOctets">The longest payload allowed; null: what an array holds.</param>
internal sealed class FrameBuffer(int? limitOctets) : SerializationContext, IBufferWriter<byte>, IDisposable
{
    private const int FirstOctets = 256;

    private byte[] _frame = [];
    private int _written = FrameHeader.Octets;
    private bool _complete;

    /// <summary>Header and payload.</summary>
    public ReadOnlyMemory<byte> Frame => _complete
        ? _frame.AsMemory(0, _written)
        : throw new InvalidOperationException("the marshaller did not complete the message");

    /// <summary>The payload alone.</summary>
    public ReadOnlyMemory<byte> Payload => Frame[FrameHeader.Octets..];

    /// <summary>Serialises a message into a new buffer, compressed where that makes it smaller.</summary>
    /// <param name="message">The message.</param>
    /// <param name="serializer">Writes it.</param>
    /// <param name="limitOctets">The longest payload allowed before compression; null: what an array holds.</param>
    /// <param name="compressor">How to compress; null: not at all.</param>
    /// <exception cref="RpcException">It is longer than the limit.</exception>
    public static FrameBuffer Of<T>(
        T message, Action<T, SerializationContext> serializer, int? limitOctets, MessageCompressor? compressor)
    {
        FrameBuffer plain = Plain(message, serializer, limitOctets);
        if (compressor is null)
        {
            return plain;
        }

        FrameBuffer? compressed = compressor.TryCompress(plain);
        if (compressed is null)
        {
            return plain;
        }

        plain.Dispose();
        return compressed;
    }

    private static FrameBuffer Plain<T>(T message, Action<T, SerializationContext> serializer, int? limitOctets)
    {
        FrameBuffer buffer = new(limitOctets);
        try
        {
            serializer(message, buffer);
            _ = buffer.Frame;
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        SendLimit.Check(payloadLength, limitOctets);
        Reserve(payloadLength);
    }

    public override IBufferWriter<byte> GetBufferWriter() => this;

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        SetPayloadLength(payload.Length);
        payload.CopyTo(GetSpan(payload.Length));
        Advance(payload.Length);
        Complete();
    }

    public override void Complete() => Complete(FrameHeader.Plain);

    /// <summary>Ends the payload.</summary>
    /// <param name="flag">The flag of the frame's header.</param>
    public void Complete(byte flag)
    {
        int payloadOctets = _written - FrameHeader.Octets;
        SendLimit.Check(payloadOctets, limitOctets);
        Reserve(0);
        FrameHeader.Write(_frame, flag, payloadOctets);
        _complete = true;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _frame.Length - _written);
        _written += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _frame.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Gives the buffer back. Only when nobody can still be reading it.</summary>
    public void Dispose()
    {
        byte[] frame = _frame;
        _frame = [];
        _complete = false;
        if (frame.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    private void Reserve(int octets)
    {
        long needed = (long)_written + octets;
        if (needed <= _frame.Length)
        {
            return;
        }

        long wanted = Math.Max(needed, Math.Max(FirstOctets, Math.Min(2L * _frame.Length, Array.MaxLength)));
        byte[] larger = ArrayPool<byte>.Shared.Rent(checked((int)wanted));
        _frame.AsSpan(0, Math.Min(_written, _frame.Length)).CopyTo(larger);
        if (_frame.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_frame);
        }

        _frame = larger;
    }
}
