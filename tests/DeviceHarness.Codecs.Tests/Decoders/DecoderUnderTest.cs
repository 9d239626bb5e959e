using System.Buffers;

namespace DeviceHarness.Codecs.Tests.Decoders;

/// <summary>A decoder without its message: what every decoder has in common.</summary>
internal delegate OperationStatus DecodeOctets(ReadOnlySpan<byte> source, out int consumedOctets, out CodecFault fault);

/// <summary>One decoder of the catalogue, and what may be expected of it beyond what is expected of all.</summary>
/// <param name="Name">The name in test output.</param>
/// <param name="Type">The type whose <c>Decode</c> it is.</param>
/// <param name="Decode">The decoder.</param>
internal sealed record DecoderUnderTest(string Name, Type Type, DecodeOctets Decode)
{
    /// <summary>Whole messages beside those of the vector file, as hexadecimal.</summary>
    public IReadOnlyList<string> MoreExamples { get; init; } = [];

    /// <summary>True when a checksum must notice every flipped bit.</summary>
    public bool HasChecksum { get; init; }

    /// <summary>True for a message that ends where its octets end: what is cut short can be whole, and what follows belongs to
    /// it.</summary>
    public Func<byte[], bool> EndsWithItsOctets { get; init; } = _ => false;

    /// <summary>How many octets a message of that kind has at least, before it can be whole.</summary>
    public int FewestOctets { get; init; } = 1;

    /// <summary>The most that one input may allocate, in octets: 0 but for trees.</summary>
    public long MaximumAllocatedOctets { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
