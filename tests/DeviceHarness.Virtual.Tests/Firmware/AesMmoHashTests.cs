using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Firmware;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Firmware;

public sealed class AesMmoHashTests
{
    [Theory]
    [InlineData("", "BAD78E726C1EC02B7EBFE92B23D9EC34")]
    [InlineData("C0", "AE3A102A28D43EE0D4A09E22788B206C")]
    [InlineData("C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF", "A7977E88BC0B61E8210827109A228F2D")]
    [InlineData("000102030405060708090A0B0C0D", "D2D987AF392A74AA2350BE20253B9E18")]
    public void Hashes_are_those_of_the_published_examples(string message, string hash)
    {
        AesMmoHash.Compute(Convert.FromHexString(message)).ShouldBeHex(hash);
    }

    [Theory]
    [InlineData(8191, "24EC2FE75BBFFCB34789BC0610E7F165")]
    [InlineData(8192, "DC6B0687F09F8607131C170B3BD31591")]
    [InlineData(8201, "72C9B15E178AA843E4A16C58E33643A3")]
    [InlineData(8202, "BC9828D59B2AA323DAF20BE5F2E66511")]
    [InlineData(8203, "8A8DDD2388317FBAC5941C277A7F2174")]
    public void Long_messages_end_with_four_octets_of_length(int octets, string hash)
    {
        byte[] message = [.. Enumerable.Range(0, octets).Select(index => (byte)index)];

        AesMmoHash.Compute(message).ShouldBeHex(hash, "computed by an independent script that reproduces the published examples");
    }
}
