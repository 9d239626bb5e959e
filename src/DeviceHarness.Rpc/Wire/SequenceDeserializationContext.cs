using System.Buffers;
using Grpc.Core;

namespace DeviceHarness.Rpc.Wire;

/// <summary>Shows a marshaller the payload where it was received.</summary>
internal sealed class SequenceDeserializationContext : DeserializationContext
{
    public ReadOnlySequence<byte> Payload { get; set; }

    public override int PayloadLength => (int)Payload.Length;

    public override byte[] PayloadAsNewBuffer() => Payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => Payload;
}
