using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Security;

public sealed class KeyTransferTests
{
    private static readonly CipherKey Kek = CipherKey.Create("000102030405060708090A0B0C0D0E0F".Octets());

    [Fact]
    public void A_recorded_transfer_of_two_keys_is_read_unwrapped_and_made_again()
    {
        ActionRequest.Decode(CipheredVectors.Named("key-transfer-two-keys").Octets, out ActionRequest request, out _, out _);

        KeyTransfer.Decode(request.Parameter, out KeyTransfer transfer, out int consumed, out CodecFault fault)
            .Should().Be(OperationStatus.Done, fault.ToString());
        byte[] first = new byte[16];
        byte[] second = new byte[16];
        byte[] wrappedFirst = transfer.KeyAt(0, out KeyId firstId).ToArray();
        byte[] wrappedSecond = transfer.KeyAt(1, out KeyId secondId).ToArray();
        AesKeyWrap.Unwrap(Kek, wrappedFirst, first, out _, out _).Should().Be(OperationStatus.Done);
        AesKeyWrap.Unwrap(Kek, wrappedSecond, second, out _, out _).Should().Be(OperationStatus.Done);
        byte[] again = new byte[consumed];
        KeyTransfer.Encode([new(firstId, wrappedFirst), new(secondId, wrappedSecond)], again, out int written)
            .Should().Be(OperationStatus.Done);

        request.Method.ClassId.Should().Be(KeyTransfer.ClassId);
        request.Method.MethodId.Should().Be(KeyTransfer.MethodId);
        transfer.Count.Should().Be(2);
        (firstId, secondId).Should().Be((KeyId.GlobalUnicastEncryption, KeyId.Authentication));
        first.ShouldBeHex("00112233445566778899AABBCCDDEEFF");
        second.ShouldBeHex("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF");
        again[..written].ShouldBeHex(Convert.ToHexString(request.Parameter));
    }

    [Theory]
    [InlineData("0100", CodecFaultKind.LimitExceeded)]
    [InlineData("0105", CodecFaultKind.LimitExceeded)]
    [InlineData("0201", CodecFaultKind.UnexpectedValue)]
    [InlineData("010102021604090101", CodecFaultKind.UnexpectedValue)]
    [InlineData("0102020216000901010202160009010 2", CodecFaultKind.UnexpectedValue)]
    [InlineData("01010203160009010 1", CodecFaultKind.UnexpectedValue)]
    [InlineData("010102021100090101", CodecFaultKind.UnexpectedValue)]
    [InlineData("0101020216000A0101", CodecFaultKind.UnexpectedValue)]
    public void Another_shape_is_refused(string hex, CodecFaultKind kind)
    {
        KeyTransfer.Decode(hex.Octets(), out KeyTransfer transfer, out _, out CodecFault fault).Should().Be(OperationStatus.InvalidData);

        fault.Kind.Should().Be(kind);
        transfer.Count.Should().Be(0);
    }

    [Fact]
    public void No_keys_and_five_keys_are_not_sent()
    {
        KeyTransfer.Encode([], new byte[100], out _).Should().Be(OperationStatus.InvalidData);
        KeyTransfer.Encode(new WrappedKey[5], new byte[100], out _).Should().Be(OperationStatus.InvalidData);
    }

    [Fact]
    public void There_is_no_key_behind_the_last()
    {
        Action wrong = () =>
        {
            KeyTransfer.Decode("0101020216000903AABBCC".Octets(), out KeyTransfer transfer, out _, out _);
            transfer.KeyAt(1, out _);
        };

        wrong.Should().Throw<ArgumentOutOfRangeException>();
    }
}
