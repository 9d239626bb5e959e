using System.Buffers;
using System.IO.Pipelines;
using DeviceHarness.Rpc.Wire;
using Grpc.Core;

namespace DeviceHarness.Rpc.Server;

/// <summary>Writes messages straight into the response body, one after the other.</summary>
/// <param name="pipe">The response body.</param>
/// <param name="limitOctets">The longest payload allowed; null: no limit.</param>
internal sealed class ResponseSerializer(PipeWriter pipe, int? limitOctets) : SerializationContext, IBufferWriter<byte>
{
    private const int Unknown = -1;

    private int _announcedOctets;
    private int _writtenOctets;
    private bool _complete;
    private FrameBuffer? _buffer;

    /// <summary>Whether octets of a message that is not complete are in the body: nothing valid can follow them.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Writes one message, compressed where that makes it smaller.</summary>
    /// <returns>The octets written, header included.</returns>
    /// <exception cref="RpcException">It is longer than the limit; nothing was written.</exception>
    public int WriteCompressed<T>(T message, Action<T, SerializationContext> serializer, MessageCompressor compressor)
    {
        using FrameBuffer frame = FrameBuffer.Of(message, serializer, limitOctets, compressor);
        pipe.Write(frame.Frame.Span);
        return frame.Frame.Length;
    }

    /// <summary>Writes one message.</summary>
    /// <returns>The octets written, header included.</returns>
    /// <exception cref="RpcException">It is longer than the limit; nothing was written.</exception>
    public int Write<T>(T message, Action<T, SerializationContext> serializer)
    {
        _announcedOctets = Unknown;
        _writtenOctets = 0;
        _complete = false;
        try
        {
            serializer(message, this);
            if (!_complete)
            {
                throw new InvalidOperationException("the marshaller did not complete the message");
            }
        }
        finally
        {
            _buffer?.Dispose();
            _buffer = null;
        }

        return FrameHeader.Octets + _writtenOctets;
    }

    public override void SetPayloadLength(int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        SendLimit.Check(payloadLength, limitOctets);
        _announcedOctets = payloadLength;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_announcedOctets == Unknown)
        {
            return _buffer ??= new FrameBuffer(limitOctets);
        }

        WriteHeader(_announcedOctets);
        IsBroken = true;
        return this;
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        SendLimit.Check(payload.Length, limitOctets);
        WriteHeader(payload.Length);
        pipe.Write(payload);
        _writtenOctets = payload.Length;
        _complete = true;
    }

    public override void Complete()
    {
        if (_buffer is not null)
        {
            _buffer.Complete();
            pipe.Write(_buffer.Frame.Span);
            _writtenOctets = _buffer.Frame.Length - FrameHeader.Octets;
        }
        else if (_writtenOctets != _announcedOctets)
        {
            throw new InvalidOperationException(
                $"the marshaller announced {_announcedOctets} octets and wrote {_writtenOctets}");
        }

        IsBroken = false;
        _complete = true;
    }

    public void Advance(int count)
    {
        pipe.Advance(count);
        _writtenOctets += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => pipe.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => pipe.GetSpan(sizeHint);

    private void WriteHeader(int payloadOctets)
    {
        FrameHeader.WritePlain(pipe.GetSpan(FrameHeader.Octets), payloadOctets);
        pipe.Advance(FrameHeader.Octets);
    }
}
