using System.Buffers;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

public sealed class AesKeyWrapTests
{
    private static readonly CipherKey Kek = CipherKey.Create("000102030405060708090A0B0C0D0E0F".Octets());

    public static TheoryData<string> Names { get; } =
        [.. CipheredVectors.All.Where(vector => vector.Layer == "keywrap").Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Published_keys_are_wrapped_and_unwrapped(string name) =>
        SecurityVectorChecks.VerifyKeyWrap(CipheredVectors.Named(name));

    [Fact]
    public void Every_flipped_bit_is_refused_and_leaves_nothing_in_the_target()
    {
        byte[] wrapped = CipheredVectors.Named("rfc3394-4.1-128-128").Octets;
        for (int bit = 0; bit < wrapped.Length * 8; bit++)
        {
            byte[] damaged = [.. wrapped];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            byte[] target = new byte[16];

            AesKeyWrap.Unwrap(Kek, damaged, target, out int written, out SecurityFault fault).Should().Be(OperationStatus.InvalidData);

            written.Should().Be(0);
            fault.Kind.Should().Be(SecurityFaultKind.AuthenticationFailed);
            target.Should().OnlyContain(octet => octet == 0);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(72)]
    public void A_key_of_another_length_is_refused(int octets)
    {
        AesKeyWrap.Wrap(Kek, new byte[octets], new byte[100], out int written).Should().Be(OperationStatus.InvalidData);
        AesKeyWrap.Unwrap(Kek, new byte[octets + 8], new byte[100], out _, out SecurityFault fault)
            .Should().Be(OperationStatus.InvalidData);

        written.Should().Be(0);
        fault.Codec.Kind.Should().Be(CodecFaultKind.BadLength);
    }

    [Fact]
    public void A_target_that_is_too_short_is_said_so()
    {
        AesKeyWrap.Wrap(Kek, new byte[16], new byte[23], out _).Should().Be(OperationStatus.DestinationTooSmall);
        AesKeyWrap.Unwrap(Kek, new byte[24], new byte[15], out _, out _).Should().Be(OperationStatus.DestinationTooSmall);
    }
}
