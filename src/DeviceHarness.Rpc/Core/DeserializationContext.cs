using System.Buffers;

namespace Grpc.Core;

/// <summary>One received message, for a marshaller.</summary>
public abstract class DeserializationContext
{
    /// <summary>How long the payload is, in octets.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>A copy of the payload that the caller may keep.</summary>
    public virtual byte[] PayloadAsNewBuffer() => PayloadAsReadOnlySequence().ToArray();

    /// <summary>The payload in place; valid only until the marshaller returns.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(PayloadAsNewBuffer());
}
