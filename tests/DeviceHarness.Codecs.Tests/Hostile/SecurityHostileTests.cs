using System.Buffers;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Codecs.Tests.Hostile;

/// <summary>Protected APDUs that were damaged, before and behind a right tag.</summary>
public sealed class SecurityHostileTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_124;

    private static readonly int Rounds = TestSize.Of(suite: 25_000, large: 10_000_000);

    [Fact]
    public void No_damaged_wrapper_throws_and_none_with_a_tag_is_taken()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        TestVector[] vectors = [.. CipheredVectors.Opened.Where(vector => vector.Octets.Length < 200)];
        SecurityContext[] receivers = [.. vectors.Select(CipheredVectors.Receiver)];
        byte[] target = new byte[512];
        Dictionary<SecurityFaultKind, int> refusals = [];
        for (int round = 0; round < Rounds; round++)
        {
            int which = random.Next(vectors.Length);
            byte[] input = round % 4 == 0
                ? Mutations.Noise(random, vectors[which].Octets[0])
                : Mutations.Mutate(random, vectors[which].Octets);

            OperationStatus status = receivers[which].Open(input, target, out OpenedApdu opened, out SecurityFault fault);

            refusals[fault.Kind] = refusals.GetValueOrDefault(fault.Kind) + 1;
            bool isTaken = status == OperationStatus.Done;
            if (isTaken != (fault.Kind == SecurityFaultKind.None) || (isTaken && opened.Apdu.IsEmpty))
            {
                Assert.Fail($"seed {Seed}, round {round}: {status} with {fault}");
            }

            if (isTaken)
            {
                // Octets behind the wrapper change nothing; where there is a tag, nothing else passes.
                TestVector vector = vectors[which];
                bool isSame = opened.Apdu.SequenceEqual(vector.Fields.Text("plaintext").Octets());
                if (CipheredVectors.Control(vector).IsAuthenticated && !isSame)
                {
                    Assert.Fail($"seed {Seed}, round {round}: {vector.Name} was taken as another APDU");
                }

                // The counter is used up now: a new receiver takes its place.
                receivers[which].Dispose();
                receivers[which] = CipheredVectors.Receiver(vectors[which]);
            }
        }

        foreach ((SecurityFaultKind kind, int count) in refusals)
        {
            output.WriteLine($"{kind}: {count}");
        }

        refusals.Should().ContainKeys(
            SecurityFaultKind.AuthenticationFailed, SecurityFaultKind.Malformed, SecurityFaultKind.NotCiphered,
            SecurityFaultKind.ProtectionTooWeak, SecurityFaultKind.SuiteMismatch, SecurityFaultKind.CompressionNotSupported);
        foreach (SecurityContext receiver in receivers)
        {
            receiver.Dispose();
        }
    }

    [Fact]
    public void No_damaged_wrapped_key_throws_or_is_taken()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        TestVector vector = CipheredVectors.Named("rfc3394-4.1-128-128");
        CipherKey kek = CipheredVectors.Key(vector, "kek");
        byte[] target = new byte[128];
        for (int round = 0; round < Rounds / 10; round++)
        {
            byte[] input = Mutations.Mutate(random, vector.Octets);
            if (input.AsSpan().SequenceEqual(vector.Octets))
            {
                continue;
            }

            AesKeyWrap.Unwrap(kek, input, target, out _, out SecurityFault fault).Should().Be(OperationStatus.InvalidData);

            fault.Kind.Should().BeOneOf(SecurityFaultKind.Malformed, SecurityFaultKind.AuthenticationFailed);
        }
    }
}
