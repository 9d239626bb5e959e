using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller puts one message.</summary>
public abstract class SerializationContext
{
    /// <summary>Hands over the finished payload and ends the message.</summary>
    /// <param name="payload">The octets; not changed afterwards.</param>
    public virtual void Complete(byte[] payload) =>
        throw new NotSupportedException($"{GetType()} takes the payload through its buffer writer");

    /// <summary>The target of a payload written in place. <see cref="SetPayloadLength"/> before it saves a copy.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() =>
        throw new NotSupportedException($"{GetType()} takes the payload as an array");

    /// <summary>Announces how long the payload will be, in octets.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Ends a message written through <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() =>
        throw new NotSupportedException($"{GetType()} takes the payload as an array");
}
