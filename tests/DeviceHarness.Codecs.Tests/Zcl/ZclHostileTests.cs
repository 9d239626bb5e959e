using DeviceHarness.Codecs.Tests.Hostile;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Codecs.Tests.Zcl;

/// <summary>
/// Half random octets, half damaged vectors: every answer is a typed fault, or a message that encodes to the octets it came from.
/// </summary>
public sealed class ZclHostileTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_123;

    private static readonly int Inputs = TestSize.Of(suite: 20_000, large: 10_000_000);

    [Fact]
    public void No_payload_throws_or_is_changed_by_reading_and_writing_it()
    {
        output.WriteLine($"seed {Seed}");
        IReadOnlyList<TestVector> vectors = TestVector.Load("zigbee/zcl-vectors.json");
        Random random = new(Seed);
        for (int round = 0; round < Inputs; round++)
        {
            TestVector vector = vectors[random.Next(vectors.Count)];
            byte[] input = round % 2 == 0 ? Mutations.Noise(random, vector.Octets[0]) : Mutations.Mutate(random, vector.Octets);

            if (ZclSamples.Verify(vector.Fields.Number("cluster"), input) is { } broken)
            {
                Assert.Fail($"seed {Seed}, round {round}: {broken}");
            }
        }
    }
}
