using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Compression;

namespace DeviceHarness.Rpc.Wire;

/// <summary>Cuts messages out of a body. One reader at a time.</summary>
/// <param name="pipe">The body.</param>
/// <param name="deserializer">Reads one message.</param>
/// <param name="limitOctets">The longest payload taken; null: what an <see cref="int"/> counts.</param>
/// <param name="encoding">The body's <c>grpc-encoding</c>; null when it has none.</param>
/// <param name="providers">The encodings that are understood.</param>
internal sealed class MessageReader<T>(
    PipeReader pipe,
    Func<DeserializationContext, T> deserializer,
    int? limitOctets,
    string? encoding,
    IEnumerable<ICompressionProvider> providers)
{
    private readonly SequenceDeserializationContext _context = new();
    private readonly uint _limitOctets = (uint)(limitOctets ?? int.MaxValue);
    private readonly ICompressionProvider? _provider = Encodings.Find(providers, encoding);
    private T? _current;

    /// <summary>The message of the last successful read.</summary>
    public T Current => _current ?? throw new InvalidOperationException("no message has been read");

    /// <summary>Waits for the next message.</summary>
    /// <returns>False at the end of the body.</returns>
    /// <exception cref="RpcException">The frame is malformed, too long, compressed, cut short, or its payload cannot be read.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            SequencePosition consumed = buffer.Start;
            SequencePosition examined = buffer.End;
            bool nothingLeft = buffer.IsEmpty;
            try
            {
                if (TryCut(buffer, out FrameHeader header, out ReadOnlySequence<byte> payload))
                {
                    _current = header.Flag == FrameHeader.Compressed ? Inflate(payload) : Deserialize(payload);
                    consumed = payload.End;
                    examined = consumed;
                    return true;
                }
            }
            finally
            {
                pipe.AdvanceTo(consumed, examined);
            }

            if (result.IsCompleted)
            {
                return nothingLeft ? false : throw Fault(StatusCode.Internal, "the stream ended inside a message");
            }

            if (result.IsCanceled)
            {
                throw new OperationCanceledException("the read was cancelled");
            }
        }
    }

    /// <summary>Reads the only message of a body, and the body's end.</summary>
    /// <exception cref="RpcException">There is no message, or more than one, or it cannot be read.</exception>
    public async ValueTask<T> ReadSingleAsync(CancellationToken cancellationToken)
    {
        if (!await ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            throw Fault(StatusCode.Internal, "a message was expected and none came");
        }

        T message = Current;
        if (await ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            throw Fault(StatusCode.Internal, "one message was expected and more came");
        }

        return message;
    }

    /// <summary>Drops everything up to the end of the body.</summary>
    public async ValueTask SkipRestAsync(CancellationToken cancellationToken)
    {
        ReadResult result;
        do
        {
            result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            pipe.AdvanceTo(result.Buffer.End);
        }
        while (!result.IsCompleted && !result.IsCanceled);
    }

    private static RpcException Fault(StatusCode code, string detail) => new(new Status(code, detail));

    private bool TryCut(in ReadOnlySequence<byte> buffer, out FrameHeader header, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (!FrameHeader.TryRead(buffer, out header))
        {
            return false;
        }

        CheckFlag(header.Flag);
        if (header.PayloadOctets > _limitOctets)
        {
            throw Fault(
                StatusCode.ResourceExhausted, $"a message of {header.PayloadOctets} octets came; the limit is {_limitOctets}");
        }

        if (buffer.Length < FrameHeader.Octets + header.PayloadOctets)
        {
            return false;
        }

        payload = buffer.Slice(FrameHeader.Octets, header.PayloadOctets);
        return true;
    }

    private void CheckFlag(byte flag)
    {
        if (flag == FrameHeader.Plain || (flag == FrameHeader.Compressed && _provider is not null))
        {
            return;
        }

        if (flag != FrameHeader.Compressed)
        {
            throw Fault(StatusCode.Internal, $"a message began with the flag {flag}; 0 and 1 are defined");
        }

        throw encoding is null or WireNames.Identity
            ? Fault(StatusCode.Internal, "a compressed message came without a grpc-encoding")
            : Fault(StatusCode.Unimplemented, $"the grpc-encoding '{encoding}' is not known here; use {Encodings.Accepted(providers)}");
    }

    private T Inflate(in ReadOnlySequence<byte> payload)
    {
        using FrameBuffer plain = MessageInflater.Inflate(payload, _provider!, _limitOctets);
        return Deserialize(new ReadOnlySequence<byte>(plain.Payload));
    }

    private T Deserialize(in ReadOnlySequence<byte> payload)
    {
        _context.Payload = payload;
        try
        {
            return deserializer(_context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            // Marshallers throw what they like (Google.Protobuf: an IOException, which would pass for a lost connection).
            throw new RpcException(new Status(StatusCode.Internal, "a message could not be parsed", exception));
        }
        finally
        {
            _context.Payload = default;
        }
    }
}
